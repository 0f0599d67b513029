using Spectre.Console.Rendering;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Live;

/// <summary>A world as it drains, drawn for a terminal of any width: one row per registration, and what else goes on.</summary>
internal sealed class LiveView
{
    private const int FooterLines = 5;
    private const int MostFeedLines = 14;

    private readonly World world;
    private readonly Installation installation;
    private readonly RegistrationRows registrations;
    private readonly WorldHistory history;
    private readonly Lock gate = new();
    private readonly List<JournalLine> lines = [];
    private readonly List<DateTimeOffset> tickets = [];
    private long? running;

    public LiveView(World world, Installation installation, Glyphs glyphs)
    {
        (this.world, this.installation) = (world, installation);
        Names = new DisplayNames(world);
        Names.Learn();
        registrations = new RegistrationRows(Names, glyphs);
        history = WorldHistory.Of(world);
        Start = world.Clock.GetUtcNow();
        world.Journal.Written += Follow;
    }

    public DateTimeOffset Start { get; }

    public DisplayNames Names { get; }

    /// <param name="height">Of the terminal: rows that are over make room for the others.</param>
    public IRenderable Draw(int width, int height)
    {
        var now = world.Clock.GetUtcNow();
        var all = history.Registrations;
        var room = Math.Max(4, height - FooterLines - 3);
        var dying = Dying(all);
        var others = all.Count(span => !span.IsTouched && !(registrations.OwnerOf(span) is { } owner && dying.Contains(owner)));
        var rows = registrations.Choose(all, room, dying);
        var table = registrations.Draw(rows, width, now);
        // One column that never wraps: a line too many would push the view around.
        var below = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 0, 0) });
        foreach (var line in Footer(now, others, all.Count(span => span.IsTouched) - rows.Count(span => span.IsTouched))) below.AddRow(line);
        var used = rows.Count + FooterLines + 3;
        foreach (var line in Feed(Math.Min(MostFeedLines, height - used - 1))) below.AddRow(line);
        return new Rows(table, new Text(" "), below);
    }

    private void Follow(JournalEntry entry)
    {
        history.Follow(entry);
        var line = JournalLine.Of(entry, Names);
        lock (gate)
        {
            if (line is not null) lines.Add(line);
            if (entry is MessageSent { Delay.Ticks: > 0 } sent && sent.Queue == installation.Queue.Name) tickets.Add(sent.At + sent.Delay);
        }
    }

    /// <summary>Instances that are on their way out, and those with a registration that is: all of theirs are shown.</summary>
    private HashSet<string> Dying(IReadOnlyList<RegistrationSpan> all) =>
        [.. history.Leaving, .. all.Where(span => span.IsTouched).Select(registrations.OwnerOf).OfType<string>()];

    private IEnumerable<IRenderable> Footer(DateTimeOffset now, int others, int notShown)
    {
        var hooks = history.Hooks;
        yield return hooks.Count == 0
            ? Line("Hook", "[grey]no lifecycle action pending[/]")
            : Line("Hook", string.Join("; ", hooks.TakeLast(3).Select(hook => Hook(hook, now))));
        var counts = installation.Queue.Counts;
        DateTimeOffset? next;
        lock (gate) next = tickets.Where(due => due > now).Order().Cast<DateTimeOffset?>().FirstOrDefault();
        var waiting = counts.Delayed == 0 ? "no ticket waits" : $"{counts.Delayed} {(counts.Delayed == 1 ? "ticket waits" : "tickets wait")}{(next is null ? "" : $", back in {Seconds(next.Value - now)}")}";
        var dead = installation.DeadLetters.Counts.All;
        yield return Line("Queue", $"{waiting} · {counts.Visible} to read · {counts.InFlight} in work · {(dead > 0 ? $"[red]{dead} dead letters[/]" : "0 dead letters")}");
        var runs = history.Invocations;
        // By the machine's clock: the emulated one may be waiting for it.
        running = installation.Function.Running == 0 ? null : running ?? TimeProvider.System.GetTimestamp();
        var state = running is { } since ? $"[yellow]running[/] for {Seconds(TimeProvider.System.GetElapsedTime(since))}" : "at rest";
        yield return Line("Function", string.Create(
            CultureInfo.InvariantCulture, $"{state} · {runs.Count} invocations · {runs.Sum(run => run.Billed.TotalMilliseconds):N0} ms billed"));
        yield return Line("Time", $"{Seconds(now - Start)} · {others} registrations of others, untouched{(notShown > 0 ? $" · {notShown} more are gone" : "")}");
    }

    private string Hook(HookSpan hook, DateTimeOffset now)
    {
        var beats = hook.Heartbeats.Count switch { 0 => "", 1 => ", 1 heartbeat", var count => $", {count} heartbeats" };
        var name = Markup.Escape($"{hook.Group}/{hook.Hook}: {Names.NameOf(hook.InstanceId)}");
        return hook.To is { } to
            ? $"{name} [{(hook.By == "caller" ? "green" : "red")}]{hook.Result}[/] after {Seconds(to - hook.From)}{beats}"
            : $"{name} [yellow]waits[/] {Seconds(now - hook.From)}{beats}";
    }

    private IEnumerable<IRenderable> Feed(int room)
    {
        if (room < 1) yield break;
        List<JournalLine> last;
        lock (gate) last = [.. lines.TakeLast(room)];
        yield return new Text(" ");
        foreach (var line in last)
            yield return new Markup($"[grey]{Seconds(line.At - Start),8}[/]  {Tones.Paint(line.Tone, $"{line.Source,-12}  {line.Text}")}").Ellipsis();
    }

    private static Markup Line(string name, string markup) => new Markup($"[bold]{name,-9}[/]{markup}").Ellipsis();

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");
}
