namespace TargetDrain.Local;

/// <summary>One cell of a table.</summary>
internal sealed record Cell(string Text, Color? Color = null)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>
/// Rows in columns, of which the last may go on in the next line. Where the terminal is too narrow even for that, each row
/// is told in lines of its own: a column of broken words tells nothing.
/// </summary>
internal sealed class Columns(params IReadOnlyList<string> titles)
{
    private const int Gap = 2;

    // For a sentence of some words a line.
    private const int NarrowestLast = 32;
    private readonly List<IReadOnlyList<Cell>> rows = [];

    public void Add(params IReadOnlyList<Cell> cells) => rows.Add(cells);

    public void Write(IAnsiConsole console)
    {
        var widths = titles.Select((title, column) => rows.Select(row => row[column].Text.Length).Append(title.Length).Max()).ToList();
        var last = console.Profile.Width - widths.SkipLast(1).Sum() - (Gap * (widths.Count - 1));
        if (last >= Math.Min(widths[^1], NarrowestLast)) WriteTable(console, Math.Min(last, widths[^1]));
        else WriteRecords(console);
    }

    private void WriteTable(IAnsiConsole console, int last)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var title in titles.SkipLast(1))
            table.AddColumn(new TableColumn(new Markup($"[grey]{title}[/]")) { Padding = new Padding(0, 0, Gap, 0), NoWrap = true });
        table.AddColumn(new TableColumn(new Markup($"[grey]{titles[^1]}[/]")) { Padding = new Padding(0, 0, 0, 0), Width = last });
        foreach (var row in rows) table.AddRow(row.Select(Paint));
        console.Write(new Unpadded(table));
    }

    private void WriteRecords(IAnsiConsole console)
    {
        var width = titles.Skip(1).Max(title => title.Length);
        foreach (var row in rows)
        {
            console.Write(Paint(row[0]));
            console.WriteLine();
            var grid = new Grid()
                .AddColumn(new GridColumn { Width = width, NoWrap = true, Padding = new Padding(Gap, 0, 1, 0) })
                .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
            foreach (var (title, cell) in titles.Zip(row).Skip(1))
                if (cell.Text.Length > 0) grid.AddRow(new Markup($"[grey]{title}[/]"), Paint(cell));
            console.Write(new Unpadded(grid));
        }
    }

    private static Text Paint(Cell cell) => new(cell.Text, cell.Color is { } color ? new Style(color) : Style.Plain);
}
