using TargetDrain.Benchmarks.Storms;
using TargetDrain.Emulator;

namespace TargetDrain.Benchmarks.Peers;

/// <summary>What happens to every peer alike, each in a fresh account with full token buckets.</summary>
/// <param name="DrainSeconds">The deregistration delay: short, because it passes in real time.</param>
internal sealed record PeerCase(string Name, StormSize Size, int DrainSeconds)
{
    /// <summary>What others have not done by then they do not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    // "shutting-down" for as long as EC2 shows the addresses: what is announced of it belongs to the price.
    public static readonly WorldOptions World = StormWorld.Options with { ShutdownTime = TimeSpan.FromSeconds(10) };

    public StormWorld Fill(World world) => new(world, Size, DrainSeconds, heartbeatSeconds: 3600);
}
