using System.Net;

namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>A target as a caller names it. Without a port it means the group's own port, and nothing else.</summary>
public sealed record TargetSpec(string Id, int? Port = null)
{
    public string? AvailabilityZone { get; init; }

    public string? QuicServerId { get; init; }
}

/// <summary>A target and its health, as a listing shows it.</summary>
public sealed record TargetStatus(TargetSpec Target, Health Health);

internal readonly record struct TargetKey(string Id, int Port)
{
    public override string ToString() => Port == 0 ? Id : $"{Id}:{Port}";
}

/// <summary>One registration. There can be millions: keep it small.</summary>
internal sealed class Target(TargetKey key, DateTimeOffset registered)
{
    public TargetKey Key { get; } = key;

    public DateTimeOffset Registered { get; } = registered;

    /// <summary>Of an ip target.</summary>
    public IPAddress? Address { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? QuicServerId { get; init; }

    /// <summary>When the deregistration delay is over; null while it is registered.</summary>
    public DateTimeOffset? DrainEnds { get; set; }

    /// <summary>Set by a test; null lets nature run its course.</summary>
    public Health? Forced { get; set; }

    public TargetSpec Spec => new(Key.Id, Key.Port == 0 ? null : Key.Port)
    {
        AvailabilityZone = AvailabilityZone,
        QuicServerId = QuicServerId,
    };

    public bool IsGone(DateTimeOffset now) => DrainEnds <= now;
}
