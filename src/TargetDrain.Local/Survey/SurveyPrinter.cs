using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Survey;

/// <summary>A survey for a person: "do I need this?", answered with the account's own registrations.</summary>
internal static class SurveyPrinter
{
    public static void Print(IAnsiConsole console, AccountSurvey survey)
    {
        console.WriteLine($"Scope: {survey.Scope}. Nothing has been changed.");
        console.WriteLine();
        var nobody = survey.Groups.Where(group => group.DrainedByNobody > 0).ToList();
        if (survey.Registrations == 0) console.WriteLine("No target group holds anything: there is nothing to drain.");
        else if (nobody.Count == 0) console.WriteLine($"Auto Scaling itself drains all {survey.Registrations} registrations. You do not need TargetDrain.");
        else console.WriteLine($"{survey.DrainedByNobody} of {survey.Registrations} registrations are drained by nobody when their instance ends:");
        if (nobody.Count > 0)
        {
            var columns = new Columns("target group", "by nobody", "of", "why");
            foreach (var group in nobody)
                columns.Add(
                    group.Group, new Cell($"{group.DrainedByNobody}", Color.Red), $"{group.Registrations}",
                    string.Join("; ", group.Why.Select(reason => $"{reason.Key} ({reason.Value})")));
            columns.Write(console);
        }
        var without = survey.ScalingGroups.Where(group => group is { HasOurHook: false, DrainedByNobody: > 0 }).ToList();
        if (without.Count > 0)
        {
            console.WriteLine();
            console.WriteLine($"These would need a hook that waits for TargetDrain: {string.Join(", ", without.Select(group => group.Name))}.");
        }
        foreach (var problem in survey.Problems) console.MarkupLineInterpolated($"[yellow]Not certain:[/] {problem}");
    }
}
