using TargetDrain.Local.History;

namespace TargetDrain.Local.Report;

/// <summary>The rows of a report: registrations, each instance's together, and what became of them.</summary>
internal static class RegistrationJson
{
    private const int MostRows = 300;

    public static void Add(JsonObject report, WorldHistory history, DisplayNames names, Timescale time)
    {
        var all = history.Registrations;
        var ended = history.Ended;
        string OwnerOf(RegistrationSpan span) => names.OwnerOf(span.GroupArn, span.Id) ?? span.Id;
        // Its instance is no more, and nobody has taken it out: the load balancer still sends requests there.
        bool IsLeft(RegistrationSpan span) => !span.IsTouched && ended.Contains(OwnerOf(span));

        var touched = all.Where(span => span.IsTouched).ToList();
        var left = all.Count(IsLeft);
        report["taken"] = touched.Count;
        report["left"] = left;
        report["untouched"] = all.Count - touched.Count - left;
        report["drains"] = new JsonArray([.. touched.Select(span => new JsonArray(time.Of(span.DrainingFrom ?? span.GoneAt!.Value), time.Of(span.GoneAt) ?? -1))]);

        var instances = all.GroupBy(OwnerOf)
            .OrderByDescending(spans => spans.Any(IsLeft)).ThenByDescending(spans => spans.Any(span => span.IsTouched))
            .ThenBy(spans => spans.Min(span => span.DrainingFrom ?? span.GoneAt ?? DateTimeOffset.MaxValue))
            .ThenBy(spans => names.NameOf(spans.Key), StringComparer.Ordinal);
        var namesakes = all.Select(OwnerOf).Distinct().GroupBy(names.NameOf).ToDictionary(name => name.Key, name => name.Count(), StringComparer.Ordinal);
        var rows = instances.SelectMany(spans => spans.OrderBy(span => span.Group, StringComparer.Ordinal).ThenBy(span => span.Target, StringComparer.Ordinal));
        report["registrations"] = new JsonArray([.. rows.Take(MostRows).Select(span => new JsonObject
        {
            ["group"] = span.Group,
            ["target"] = span.Target,
            ["who"] = Who(OwnerOf(span)),
            ["by"] = DisplayNames.By(span.By),
            ["left"] = IsLeft(span),
            ["delay"] = span.Delay.TotalSeconds,
            ["from"] = time.Of(span.From),
            ["drain"] = time.Of(span.DrainingFrom),
            ["gone"] = time.Of(span.GoneAt),
        })]);

        // Two instances may have one name, and each has a heading of its own.
        string Who(string owner) => names.NameOf(owner) is var name && namesakes[name] > 1 ? $"{name} ({owner})" : name;
    }
}
