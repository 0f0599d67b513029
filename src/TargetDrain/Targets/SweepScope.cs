namespace TargetDrain.Targets;

/// <summary>How much there is to look into for an instance.</summary>
/// <param name="HeldBy">
/// With <see cref="Extent.FollowUp"/>, the groups it was found in before; every group of addresses comes on top.
/// </param>
internal sealed record SweepScope(Extent Extent, IReadOnlyCollection<string> HeldBy)
{
    public static SweepScope Everything { get; } = new(Extent.Everything, []);

    public static SweepScope Nothing { get; } = new(Extent.Nothing, []);

    public static SweepScope FollowUp(IReadOnlyCollection<string> heldBy) => new(Extent.FollowUp, heldBy);
}

internal enum Extent
{
    /// <summary>Every group that could hold it.</summary>
    Everything,

    /// <summary>What could have come since it was swept.</summary>
    FollowUp,

    /// <summary>It was swept after all that is known of it had happened.</summary>
    Nothing,
}

/// <summary>An instance to look for.</summary>
internal sealed record Sought(string InstanceId, SweepScope Scope);
