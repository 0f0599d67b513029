namespace TargetDrain.Emulator.Events;

/// <summary>A rule as PutRule and PutTargets have made it.</summary>
/// <param name="Pattern">Which events it takes; null for a rule with a schedule alone.</param>
internal sealed record Rule(string Name, string Arn, EventPattern? Pattern, ScheduleExpression? Schedule, string State)
{
    public string? Description { get; init; }

    public string? RoleArn { get; init; }

    public IReadOnlyList<EventTarget> Targets { get; init; } = [];

    public Dictionary<string, string> Tags { get; init; } = [];

    public bool IsOn => State != "DISABLED";
}
