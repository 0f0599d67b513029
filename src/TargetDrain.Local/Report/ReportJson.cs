using System.Buffers;
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
        var buffer = new ArrayBufferWriter<byte>();
        // The default encoder escapes < > & and quotes: a name cannot end the script element it stands in.
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", details.Title);
            json.WriteString("note", details.Note);
            json.WriteString("when", start.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("where", $"account {world.Options.Account}, {world.Options.Region}, emulated");
            json.WriteNumber("seconds", time.Length);
            WriteVerdict(json, details);
            RegistrationJson.Write(json, history, names, time);
            WriteHooks(json, history.Hooks, names, time);
            WriteInvocations(json, history.Invocations, time);
            ApiCharts.Write(json, world, entries.OfType<ApiCalled>(), time);
            WriteLog(json, entries, names, time);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteVerdict(Utf8JsonWriter json, ReportDetails details)
    {
        json.WriteStartArray("verdict");
        foreach (var (statement, holds) in details.Verdict)
        {
            json.WriteStartObject();
            json.WriteString("text", statement);
            json.WriteBoolean("holds", holds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteHooks(Utf8JsonWriter json, IReadOnlyList<HookSpan> hooks, DisplayNames names, Timescale time)
    {
        json.WriteNumber("hookCount", hooks.Count);
        json.WriteStartArray("hooks");
        foreach (var hook in hooks.Take(MostHooks))
        {
            json.WriteStartObject();
            json.WriteString("name", $"{hook.Group}/{hook.Hook}");
            json.WriteString("who", names.NameOf(hook.InstanceId));
            json.WriteNumber("from", time.Of(hook.From));
            WriteTime(json, "to", hook.To, time);
            json.WriteString("result", hook.Result ?? "still waiting");
            json.WriteString("by", hook.By == "caller" ? "TargetDrain" : hook.By);
            json.WriteStartArray("beats");
            foreach (var beat in hook.Heartbeats) json.WriteNumberValue(time.Of(beat));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteInvocations(Utf8JsonWriter json, IReadOnlyList<InvocationSpan> invocations, Timescale time)
    {
        json.WriteNumber("invocationCount", invocations.Count);
        json.WriteNumber("billed", invocations.Sum(run => run.Billed.TotalMilliseconds));
        json.WriteStartArray("invocations");
        foreach (var run in invocations.Take(MostInvocations))
        {
            json.WriteStartObject();
            json.WriteNumber("from", time.Of(run.From));
            WriteTime(json, "to", run.To, time);
            json.WriteNumber("billed", run.Billed.TotalMilliseconds);
            json.WriteNumber("messages", run.Messages);
            json.WriteNumber("failed", run.Failed);
            json.WriteString("outcome", run.Outcome ?? "running");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLog(Utf8JsonWriter json, IReadOnlyList<JournalEntry> entries, DisplayNames names, Timescale time)
    {
        var lines = entries.Where(entry => entry.At > time.Start || !JournalLine.IsBeginning(entry)).Select(entry => LogLine(entry, names)).Where(line => line is not null).ToList();
        json.WriteNumber("lineCount", lines.Count);
        json.WriteStartArray("log");
        // The beginning and the end: a storm repeats itself in between.
        var shown = lines.Count <= MostLines ? lines : [.. lines.Take(MostLines / 2), .. lines.TakeLast(MostLines / 2)];
        foreach (var line in shown)
        {
            json.WriteStartObject();
            json.WriteNumber("at", time.Of(line!.At));
            json.WriteString("time", time.Label(line.At));
            json.WriteString("tone", line.Tone switch { Tone.Bad => "bad", Tone.Warning => "warning", Tone.Done => "done", Tone.Moving => "moving", _ => "" });
            json.WriteString("source", line.Source);
            json.WriteString("text", line.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
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

    internal static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? at, Timescale time)
    {
        if (at is { } moment) json.WriteNumber(name, time.Of(moment));
        else json.WriteNull(name);
    }
}
