namespace TargetDrain.Local.Diagnostics;

/// <summary>The stack's alarms: which have gone off, and whether anybody is told.</summary>
internal static class AlarmCheck
{
    /// <param name="names">Of the stack's alarms.</param>
    public static async IAsyncEnumerable<Finding> RunAsync(
        InstallationCalls calls, IReadOnlyList<string> names, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (names.Count == 0) yield break;
        var (alarms, problem) = await Reading.TryAsync("cloudwatch:DescribeAlarms", () => calls.AlarmsAsync(names, cancellation));
        if (alarms is null)
        {
            yield return problem!;
            yield break;
        }
        var ringing = alarms.FindAll(alarm => alarm.State == "ALARM");
        foreach (var alarm in ringing)
            yield return Finding.Error(
                $"The alarm {alarm.Name} has gone off: {Sentence(alarm.Description)} {Sentence(alarm.Reason)}".TrimEnd(), "The documentation says under its name what to do.");
        foreach (var missing in names.Except(alarms.Select(alarm => alarm.Name)))
            yield return Finding.Warning($"The stack's alarm {missing} has been deleted.", "Deploy the stack again, after a change that makes CloudFormation put it back.");
        if (ringing.Count == 0 && alarms.Count > 0) yield return Finding.Good($"None of the {alarms.Count} alarms has gone off.");
        if (alarms.Count > 0 && alarms.TrueForAll(alarm => alarm.Actions is not { Count: > 0 }))
            yield return Finding.Note("The alarms notify nobody.", "Deploy with AlarmEmail or AlarmTopicArn.");
    }

    private static string Sentence(string? text) => text is { Length: > 0 } ? text.EndsWith('.') ? text : $"{text}." : "";
}
