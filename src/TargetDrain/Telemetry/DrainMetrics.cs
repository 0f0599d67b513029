using System.Text.Json.Nodes;

namespace TargetDrain.Telemetry;

/// <summary>
/// What happened, in numbers, gathered over an invocation and written as one document of the CloudWatch embedded metric format. The names
/// are those of <see cref="MetricNames"/>.
/// Specification: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
internal sealed class DrainMetrics(string metricsNamespace, string functionName, TimeProvider clock)
{
    private const string Dimension = "FunctionName";

    // CloudWatch takes no more values for one metric in one document.
    private const int MostValues = 100;

    private readonly ConcurrentDictionary<string, double> counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> seconds = new(StringComparer.Ordinal);

    public void Count(string name, double amount = 1)
    {
        if (amount > 0) counts.AddOrUpdate(name, amount, (_, sum) => sum + amount);
    }

    /// <summary>Counts it, and once more for its kind alone.</summary>
    public void CountBy(string name, string kind)
    {
        Count(name);
        Count($"{name}.{kind}");
    }

    public void Time(string name, TimeSpan duration) => seconds.GetOrAdd(name, _ => []).Add(Math.Max(0, duration.TotalSeconds));

    /// <summary>Writes what was gathered since the last time, as one line of JSON; nothing when nothing was.</summary>
    public void Flush(TextWriter output)
    {
        if (counts.IsEmpty && seconds.IsEmpty) return;
        var (definitions, document) = (new JsonArray(), new JsonObject());
        document["_aws"] = new JsonObject
        {
            ["Timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ["CloudWatchMetrics"] = new JsonArray(new JsonObject
            {
                ["Namespace"] = metricsNamespace, ["Dimensions"] = new JsonArray(new JsonArray(Dimension)), ["Metrics"] = definitions,
            }),
        };
        document[Dimension] = functionName;
        foreach (var name in counts.Keys.Order(StringComparer.Ordinal))
            if (counts.TryRemove(name, out var count)) Write(name, "Count", count);
        foreach (var name in seconds.Keys.Order(StringComparer.Ordinal))
            if (seconds.TryRemove(name, out var values)) Write(name, "Seconds", new JsonArray([.. Thinned([.. values]).Select(value => (JsonNode)Math.Round(value, 3))]));
        output.WriteLine(document.ToJsonString());

        void Write(string name, string unit, JsonNode value)
        {
            definitions.Add((JsonNode)new JsonObject { ["Name"] = name, ["Unit"] = unit });
            document[name] = value;
        }
    }

    // Evenly spread over the sorted values, smallest and largest kept: percentiles stay what they were.
    private static double[] Thinned(double[] values)
    {
        Array.Sort(values);
        return values.Length <= MostValues
            ? values
            : [.. Enumerable.Range(0, MostValues).Select(i => values[(int)((long)i * (values.Length - 1) / (MostValues - 1))])];
    }
}
