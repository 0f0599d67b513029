namespace TargetDrain.Local.Diagnostics;

/// <summary>Findings for a person: one mark each, and what to do below.</summary>
internal static class FindingPrinter
{
    public static void Print(IAnsiConsole console, CheckUp checkUp)
    {
        foreach (var finding in checkUp.Findings) Print(console, finding);
        console.WriteLine();
        console.MarkupLine(checkUp.Worst switch
        {
            Severity.Error => "[red]Something is wrong.[/]",
            Severity.Warning => "[yellow]Something should be looked at.[/]",
            _ => "[green]Nothing to do.[/]",
        });
    }

    private static void Print(IAnsiConsole console, Finding finding)
    {
        var (color, mark) = finding.Severity switch
        {
            Severity.Good => ("green", "ok"),
            Severity.Note => ("grey", "note"),
            Severity.Warning => ("yellow", "warning"),
            _ => ("red", "ERROR"),
        };
        var grid = new Grid().AddColumn(new GridColumn { Width = 7, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        grid.AddRow(new Markup($"[{color}]{mark}[/]"), new Text(finding.Text));
        if (finding.WhatToDo.Length > 0) grid.AddRow(new Text(""), new Markup($"[bold]do:[/] {Markup.Escape(finding.WhatToDo)}"));
        console.Write(new Unpadded(grid));
    }
}
