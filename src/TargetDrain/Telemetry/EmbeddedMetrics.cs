using System.Text.Json.Nodes;

namespace TargetDrain.Telemetry;

/// <summary>
/// One document of the CloudWatch embedded metric format.
/// Specification: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
/// </summary>
internal static class EmbeddedMetrics
{
    private const string Dimension = "FunctionName";

    // CloudWatch takes no more values for one metric in one document.
    private const int MostValues = 100;

    /// <returns>One line of JSON, or null when there is nothing to tell.</returns>
    public static string? Write(
        string metricsNamespace, string functionName, DateTimeOffset time,
        IReadOnlyCollection<(string Name, double Value)> counts, IReadOnlyCollection<(string Name, double[] Values)> seconds)
    {
        if (counts.Count == 0 && seconds.Count == 0) return null;
        var definitions = counts.Select(count => Definition(count.Name, "Count")).Concat(seconds.Select(bag => Definition(bag.Name, "Seconds")));
        var document = new JsonObject
        {
            ["_aws"] = new JsonObject
            {
                ["Timestamp"] = time.ToUnixTimeMilliseconds(),
                ["CloudWatchMetrics"] = new JsonArray(new JsonObject
                {
                    ["Namespace"] = metricsNamespace,
                    ["Dimensions"] = new JsonArray(new JsonArray(Dimension)),
                    ["Metrics"] = new JsonArray([.. definitions]),
                }),
            },
            [Dimension] = functionName,
        };
        foreach (var (name, value) in counts) document[name] = value;
        foreach (var (name, values) in seconds) document[name] = new JsonArray([.. Thinned(values).Select(value => (JsonNode)Math.Round(value, 3))]);
        return document.ToJsonString();
    }

    private static JsonObject Definition(string name, string unit) => new() { ["Name"] = name, ["Unit"] = unit };

    // Evenly spread over the sorted values, smallest and largest kept: percentiles stay what they were.
    private static double[] Thinned(double[] values)
    {
        Array.Sort(values);
        return values.Length <= MostValues
            ? values
            : [.. Enumerable.Range(0, MostValues).Select(i => values[(int)((long)i * (values.Length - 1) / (MostValues - 1))])];
    }
}
