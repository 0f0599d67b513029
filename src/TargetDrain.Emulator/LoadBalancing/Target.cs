using TargetDrain.Emulator.Compute;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>A target as a caller names it. Without a port it means the group's own port, and nothing else.</summary>
internal sealed record TargetSpec(string Id, int? Port = null)
{
    public string? AvailabilityZone { get; init; }

    public string? QuicServerId { get; init; }
}

/// <summary>A target and its health, as a listing shows it.</summary>
internal sealed record TargetStatus(TargetSpec Target, Health Health);

internal readonly record struct TargetKey(string Id, int Port)
{
    public override string ToString() => Port == 0 ? Id : $"{Id}:{Port}";
}

/// <summary>One registration. There can be millions: ticks instead of times, shared strings, no list per id.</summary>
internal sealed class Target(TargetKey key, DateTimeOffset registered)
{
    private readonly long registered = registered.UtcTicks;
    private long drainEnds;

    public TargetKey Key { get; } = key;

    /// <summary>Of an ip target.</summary>
    public KnownAddress? Address { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? QuicServerId { get; init; }

    /// <summary>Set by a test; null lets nature run its course.</summary>
    public Health? Forced { get; set; }

    /// <summary>The next port of the same id.</summary>
    public Target? Next { get; set; }

    /// <summary>When the deregistration delay is over; null while it is registered.</summary>
    public DateTimeOffset? DrainEnds => drainEnds == 0 ? null : new DateTimeOffset(drainEnds, TimeSpan.Zero);

    public bool IsDraining => drainEnds != 0;

    public TargetSpec Spec => new(Key.Id, Key.Port == 0 ? null : Key.Port)
    {
        AvailabilityZone = AvailabilityZone,
        QuicServerId = QuicServerId,
    };

    public void Drain(DateTimeOffset until) => drainEnds = until.UtcTicks;

    public bool IsGone(DateTimeOffset now) => IsDraining && drainEnds <= now.UtcTicks;

    public bool IsNew(DateTimeOffset now, TimeSpan registrationTime) => registered + registrationTime.Ticks > now.UtcTicks;
}
