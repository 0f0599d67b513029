using TargetDrain.Local.History;

namespace TargetDrain.Local.Live;

/// <summary>The rows of registrations: which fit, and how each looks.</summary>
internal sealed class RegistrationRows(DisplayNames names, Glyphs glyphs)
{
    private const int LongestBar = 60;
    private const int StateWidth = 10;
    private const int Timing = 7;
    private const int WideEnoughForIds = 120;

    /// <summary>The instance that a registration stands for; null when nobody has its address.</summary>
    public string? OwnerOf(RegistrationSpan span) => names.OwnerOf(span.GroupArn, span.Id);

    /// <summary>All registrations of dying instances, as long as there is room; those that are gone give way first.</summary>
    public IReadOnlyList<RegistrationSpan> Choose(IReadOnlyList<RegistrationSpan> all, int room, HashSet<string> dying)
    {
        var rows = all
            .Where(span => span.IsTouched || (OwnerOf(span) is { } owner && dying.Contains(owner)))
            .OrderBy(span => OwnerOf(span) ?? span.Id, StringComparer.Ordinal)
            .ThenBy(span => span.Group, StringComparer.Ordinal).ThenBy(span => span.Target, StringComparer.Ordinal)
            .ToList();
        for (var index = 0; rows.Count > room && index < rows.Count;)
        {
            if (rows[index].GoneAt is null) index++;
            else rows.RemoveAt(index);
        }
        return rows.Count > room ? rows[..room] : rows;
    }

    public Table Draw(IReadOnlyList<RegistrationSpan> rows, int width, DateTimeOffset now)
    {
        var isWide = width >= WideEnoughForIds;
        string Who(RegistrationSpan span) => OwnerOf(span) is not { } owner ? span.Id
            : isWide && names.NameOf(owner) != owner ? $"{names.NameOf(owner)} ({owner})" : names.NameOf(owner);
        string Target(RegistrationSpan span) => OwnerOf(span) == span.Id ? TargetName.PortOf(span.Target) : span.Target;

        var who = Math.Clamp(rows.Select(span => Who(span).Length).DefaultIfEmpty().Max(), 8, isWide ? 44 : 20);
        var group = Math.Clamp(rows.Select(span => span.Group.Length).DefaultIfEmpty().Max(), 5, isWide ? 34 : 16);
        var target = Math.Clamp(rows.Select(span => Target(span).Length).DefaultIfEmpty().Max(), 6, isWide ? 44 : 20);
        var by = isWide ? 16 : 0;
        var bar = Math.Clamp(width - who - group - target - StateWidth - by - Timing - (isWide ? 7 : 6), 4, LongestBar);

        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        void Column(string title, int columnWidth) =>
            table.AddColumn(new TableColumn(new Markup($"[grey]{title}[/]")) { Width = columnWidth, NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        Column("instance", who);
        Column("group", group);
        Column("target", target);
        Column("state", StateWidth);
        Column("drained", bar + Timing + 1);
        if (isWide) Column("taken out by", by);

        string? last = null;
        foreach (var span in rows)
        {
            var name = Who(span);
            List<Markup> cells =
            [
                Cell(name == last ? "" : name, "bold"), Cell(span.Group, ""), Cell(Target(span), ""),
                State(span), new Markup(Bar(span, bar, now)),
            ];
            if (isWide) cells.Add(Cell(span.IsTouched ? DisplayNames.By(span.By) : "", "grey"));
            table.AddRow(cells);
            last = name;
        }
        return table;
    }

    private Markup State(RegistrationSpan span) => new(
        span.GoneAt is not null ? $"[green]{glyphs.Gone} gone[/]"
        : span.DrainingFrom is not null ? $"[blue]{glyphs.Draining} draining[/]"
        : $"[green]{glyphs.Healthy}[/] healthy");

    private static Markup Cell(string text, string style) =>
        new Markup(style.Length > 0 && text.Length > 0 ? $"[{style}]{Markup.Escape(text)}[/]" : Markup.Escape(text)).Ellipsis();

    private string Bar(RegistrationSpan span, int width, DateTimeOffset now)
    {
        if (!span.IsTouched) return "";
        var from = span.DrainingFrom ?? span.GoneAt!.Value;
        var took = string.Create(CultureInfo.InvariantCulture, $"{((span.GoneAt ?? now) - from).TotalSeconds,5:0.0} s");
        return $"{glyphs.Bar(span.Progress(now), width, span.GoneAt is not null ? "green" : "blue")} {took}";
    }
}
