using Spectre.Console.Rendering;
using TargetDrain.Local.History;
using TargetDrain.Local.Live;

namespace TargetDrain.Local.Draining;

/// <summary>Targets as they leave: a table that is drawn over where it can be, a line for each step where not.</summary>
internal static class DrainView
{
    private const int LongestBar = 30;
    private const int NarrowestBar = 4;
    private const int NarrowestName = 6;
    private const int StateWidth = 12;
    private const int SecondsWidth = 7;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(500);

    public static async Task<bool> FollowAsync(IAnsiConsole console, DrainWatch watch, TimeProvider clock, CancellationToken cancellation)
    {
        if (Terminal.CanRedraw(console))
            return await console.Live(Draw(watch, console)).StartAsync(async live =>
            {
                void Show() => live.UpdateTarget(Draw(watch, console));
                await using var redraw = clock.CreateTimer(_ => Show(), null, Redraw, Redraw);
                var isOver = await watch.RunAsync(_ => { }, cancellation);
                Show();
                return isOver;
            });
        return await watch.RunAsync(
            step => Terminal.WriteLine(console, Time(step), Text(step), step.State == WatchedState.Gone ? Tone.Done : Tone.Moving), cancellation);
    }

    /// <summary>A step as a line.</summary>
    public static void Write(TextWriter lines, TargetProgress step) => lines.WriteLine($"{Time(step)}  {Text(step)}");

    private static IRenderable Draw(DrainWatch watch, IAnsiConsole console) => Draw(
        watch.Targets, watch.Elapsed, console.Profile.Width, Terminal.GlyphsOf(console), watch.Problem);

    public static IRenderable Draw(IReadOnlyList<TargetProgress> targets, TimeSpan now, int width, Glyphs glyphs, string problem)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        // Names first, the bar gets what is left.
        var room = width - StateWidth - SecondsWidth - 4;
        var target = Math.Min(targets.Max(item => item.Target.Name.Length), Math.Max(NarrowestName, room - NarrowestName));
        room -= target;
        var group = Math.Clamp(targets.Max(item => item.Target.Group.Length), 1, Math.Max(NarrowestName, room));
        var bar = room - group < NarrowestBar ? 0 : Math.Min(room - group, LongestBar);
        void Column(int columnWidth) => table.AddColumn(new TableColumn("") { Width = columnWidth, NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        foreach (var columnWidth in new[] { group, target, StateWidth, bar + SecondsWidth }) Column(columnWidth);
        foreach (var item in targets)
            table.AddRow(
                new Text(item.Target.Group).Ellipsis(), new Text(item.Target.Name).Ellipsis(), State(item.State, glyphs), new Markup(Bar(item, now, bar, glyphs)));
        return problem.Length == 0 ? table : new Rows(table, new Markup($"[yellow]{Markup.Escape(problem)}[/]"));
    }

    private static string Text(TargetProgress step) => $"{step.State.ToString().ToLowerInvariant(),-10}  {step.Target.Group,-16}  {step.Target.Name}";

    private static string Time(TargetProgress step) => string.Create(CultureInfo.InvariantCulture, $"{step.Since.TotalSeconds,5:0.0}s");

    private static Markup State(WatchedState state, Glyphs glyphs) => new(state switch
    {
        WatchedState.Gone => $"[green]{glyphs.Gone} gone[/]",
        WatchedState.Draining => $"[blue]{glyphs.Draining} draining[/]",
        _ => $"{glyphs.Healthy} registered",
    });

    private static string Bar(TargetProgress item, TimeSpan now, int width, Glyphs glyphs)
    {
        if (item.State == WatchedState.Registered) return "";
        var isGone = item.State == WatchedState.Gone;
        var share = isGone || item.Target.DelaySeconds <= 0 ? 1 : Math.Min(1, (now - item.Since).TotalSeconds / item.Target.DelaySeconds);
        var bar = glyphs.Bar(share, width, isGone ? "green" : "blue");
        return string.Create(CultureInfo.InvariantCulture, $"{bar}{(isGone ? item.Since : now).TotalSeconds,5:0} s");
    }
}
