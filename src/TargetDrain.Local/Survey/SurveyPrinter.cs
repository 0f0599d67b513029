using Spectre.Console;

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
            var table = new Table { Border = TableBorder.None };
            foreach (var title in new[] { "target group", "by nobody", "of", "why" })
                table.AddColumn(new TableColumn(new Markup($"[grey]{title}[/]")) { Padding = new Padding(0, 0, 2, 0) });
            foreach (var group in nobody)
                table.AddRow(
                    new Text(group.Group), new Text($"{group.DrainedByNobody}", new Style(Color.Red)), new Text($"{group.Registrations}"),
                    new Text(string.Join("; ", group.Why.Select(reason => $"{reason.Key} ({reason.Value})"))));
            console.Write(table);
        }
        if (survey.WithoutHook.Count > 0)
        {
            console.WriteLine();
            console.WriteLine($"Without a hook that waits for TargetDrain: {string.Join(", ", survey.WithoutHook)}.");
        }
        foreach (var problem in survey.Problems) console.MarkupLineInterpolated($"[yellow]Not certain:[/] {problem}");
    }
}
