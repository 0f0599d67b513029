namespace TargetDrain.Benchmarks.Storms;

/// <summary>How a storm looks.</summary>
/// <param name="Registrations">Of each instance.</param>
/// <param name="IpPercent">How many of a hundred target groups take addresses instead of instances.</param>
internal sealed record StormSize(int Instances, int TargetGroups, int Registrations, Spread Spread, Cause Cause, int IpPercent = 0)
{
    public override string ToString() =>
        $"{Instances:N0} instances × {TargetGroups:N0} target groups × {Registrations} registrations, {Spread.ToString().ToLowerInvariant()}, {Cause.ToString().ToLowerInvariant()}";
}

internal enum Spread
{
    /// <summary>All instances in the same few groups (as few as the quota of 1,000 targets per group allows).</summary>
    Shared,

    /// <summary>Each instance in groups drawn by lot among all.</summary>
    Everywhere,
}

internal enum Cause
{
    /// <summary>Auto Scaling scales in: the hook's event, and after the drain "shutting-down".</summary>
    Hook,

    /// <summary>Spot takes them back: warning and hook's event at once, "shutting-down" two minutes later.</summary>
    Spot,
}
