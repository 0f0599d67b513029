using TargetDrain.Local.History;

namespace TargetDrain.Local.Report;

/// <summary>The rows of a report: registrations, each instance's together, and what became of them.</summary>
internal static class RegistrationJson
{
    private const int MostRows = 300;

    public static void Write(Utf8JsonWriter json, WorldHistory history, DisplayNames names, Timescale time)
    {
        var all = history.Registrations;
        var ended = history.Ended;
        string OwnerOf(RegistrationSpan span) => names.OwnerOf(span.GroupArn, span.Id) ?? span.Id;
        // Its instance is no more, and nobody has taken it out: the load balancer still sends requests there.
        bool IsLeft(RegistrationSpan span) => !span.IsTouched && ended.Contains(OwnerOf(span));

        var touched = all.Where(span => span.IsTouched).ToList();
        var left = all.Count(IsLeft);
        json.WriteNumber("taken", touched.Count);
        json.WriteNumber("left", left);
        json.WriteNumber("untouched", all.Count - touched.Count - left);
        json.WriteStartArray("drains");
        foreach (var span in touched)
        {
            json.WriteStartArray();
            json.WriteNumberValue(time.Of(span.DrainingFrom ?? span.GoneAt!.Value));
            json.WriteNumberValue(span.GoneAt is { } gone ? time.Of(gone) : -1);
            json.WriteEndArray();
        }
        json.WriteEndArray();

        var instances = all.GroupBy(OwnerOf)
            .OrderByDescending(spans => spans.Any(IsLeft)).ThenByDescending(spans => spans.Any(span => span.IsTouched))
            .ThenBy(spans => spans.Min(span => span.DrainingFrom ?? span.GoneAt ?? DateTimeOffset.MaxValue))
            .ThenBy(spans => names.NameOf(spans.Key), StringComparer.Ordinal);
        var namesakes = all.Select(OwnerOf).Distinct().GroupBy(names.NameOf).ToDictionary(name => name.Key, name => name.Count(), StringComparer.Ordinal);
        json.WriteStartArray("registrations");
        foreach (var span in instances.SelectMany(spans => spans.OrderBy(span => span.Group, StringComparer.Ordinal).ThenBy(span => span.Target, StringComparer.Ordinal)).Take(MostRows))
        {
            var owner = OwnerOf(span);
            var name = names.NameOf(owner);
            json.WriteStartObject();
            json.WriteString("group", span.Group);
            json.WriteString("target", span.Target);
            // Two instances may have one name, and each has a heading of its own.
            json.WriteString("who", namesakes[name] > 1 ? $"{name} ({owner})" : name);
            json.WriteString("by", DisplayNames.By(span.By));
            json.WriteBoolean("left", IsLeft(span));
            json.WriteNumber("delay", span.Delay.TotalSeconds);
            json.WriteNumber("from", time.Of(span.From));
            ReportJson.WriteTime(json, "drain", span.DrainingFrom, time);
            ReportJson.WriteTime(json, "gone", span.GoneAt, time);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
