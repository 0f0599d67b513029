using System.Text.RegularExpressions;
using TargetDrain.Local.History;

namespace TargetDrain.Local.Report;

/// <summary>The data of a report: times in seconds from its start, at most so many rows that a phone can draw them.</summary>
internal static partial class ReportJson
{
    private const int MostHooks = 300;
    private const int MostInvocations = 2000;
    private const int MostLines = 1500;

    public static string Write(World world, ReportDetails details)
    {
        var entries = world.Journal.Entries;
        var history = WorldHistory.Of(world);
        var names = details.Names ?? new DisplayNames(world);
        names.Learn();
        var start = details.Start ?? history.Start;
        var time = new Timescale(start, entries.Count > 0 ? entries[^1].At : start);
        var report = new JsonObject
        {
            ["title"] = details.Title,
            ["note"] = details.Note,
            ["when"] = start.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
            ["where"] = $"account {world.Options.Account}, {world.Options.Region}, emulated",
            ["seconds"] = time.Length,
            ["verdict"] = new JsonArray([.. details.Verdict.Select(item => new JsonObject { ["text"] = item.Statement, ["holds"] = item.Holds })]),
        };
        RegistrationJson.Add(report, history, names, time);
        AddHooks(report, history.Hooks, names, time);
        AddInvocations(report, history.Invocations, time);
        ApiCharts.Add(report, world, entries.OfType<ApiCalled>(), time);
        AddLog(report, entries, names, time);
        // The default encoder escapes < > & and quotes: a name cannot end the script element it stands in.
        return report.ToJsonString();
    }

    private static void AddHooks(JsonObject report, IReadOnlyList<HookSpan> hooks, DisplayNames names, Timescale time)
    {
        report["hookCount"] = hooks.Count;
        report["hooks"] = new JsonArray([.. hooks.Take(MostHooks).Select(hook => new JsonObject
        {
            ["name"] = $"{hook.Group}/{hook.Hook}",
            ["who"] = names.NameOf(hook.InstanceId),
            ["from"] = time.Of(hook.From),
            ["to"] = time.Of(hook.To),
            ["result"] = hook.Result ?? "still waiting",
            ["by"] = hook.EndedBy,
            ["beats"] = new JsonArray([.. hook.Heartbeats.Select(beat => JsonValue.Create(time.Of(beat)))]),
        })]);
    }

    private static void AddInvocations(JsonObject report, IReadOnlyList<InvocationSpan> invocations, Timescale time)
    {
        report["invocationCount"] = invocations.Count;
        report["billed"] = invocations.Sum(run => run.Billed.TotalMilliseconds);
        report["invocations"] = new JsonArray([.. invocations.Take(MostInvocations).Select(run => new JsonObject
        {
            ["from"] = time.Of(run.From),
            ["to"] = time.Of(run.To),
            ["billed"] = run.Billed.TotalMilliseconds,
            ["messages"] = run.Messages,
            ["failed"] = run.Failed,
            ["outcome"] = run.Outcome ?? "running",
        })]);
    }

    private static void AddLog(JsonObject report, IReadOnlyList<JournalEntry> entries, DisplayNames names, Timescale time)
    {
        var lines = entries.Where(entry => entry.At > time.Start || !JournalLine.IsBeginning(entry)).Select(entry => LogLine(entry, names)).OfType<JournalLine>().ToList();
        report["lineCount"] = lines.Count;
        // The beginning and the end: a storm repeats itself in between.
        var shown = lines.Count <= MostLines ? lines : [.. lines.Take(MostLines / 2), .. lines.TakeLast(MostLines / 2)];
        report["log"] = new JsonArray([.. shown.Select(line => new JsonObject
        {
            ["at"] = time.Of(line.At),
            ["time"] = time.Label(line.At),
            ["tone"] = line.Tone is Tone.Plain or Tone.Quiet ? "" : line.Tone.ToString().ToLowerInvariant(),
            ["source"] = line.Source,
            ["text"] = line.Text,
        })]);
    }

    private static JournalLine? LogLine(JournalEntry entry, DisplayNames names)
    {
        if (entry is not FunctionLogged logged) return JournalLine.Of(entry, names);
        if (FunctionLine.Parse(logged.Line) is not { } line) return null;
        var tone = line.Level switch { "error" => Tone.Bad, "warning" => Tone.Warning, _ => Tone.Plain };
        return new JournalLine(entry.At, tone, "log", TargetGroupArn().Replace(line.Text, "$1"));
    }

    // The name is enough on a page about one world.
    [GeneratedRegex("arn:aws[a-z-]*:elasticloadbalancing:[^ ]*?:targetgroup/([^/ ]+)/[0-9a-f]+")]
    private static partial Regex TargetGroupArn();
}
