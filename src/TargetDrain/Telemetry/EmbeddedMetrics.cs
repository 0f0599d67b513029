using System.Buffers;
using System.Text;
using System.Text.Json;

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
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", time.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", metricsNamespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            json.WriteStringValue(Dimension);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (var (name, _) in counts) WriteDefinition(json, name, "Count");
            foreach (var (name, _) in seconds) WriteDefinition(json, name, "Seconds");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString(Dimension, functionName);
            foreach (var (name, value) in counts) json.WriteNumber(name, value);
            foreach (var (name, values) in seconds)
            {
                json.WriteStartArray(name);
                foreach (var value in Thinned(values)) json.WriteNumberValue(Math.Round(value, 3));
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteDefinition(Utf8JsonWriter json, string name, string unit)
    {
        json.WriteStartObject();
        json.WriteString("Name", name);
        json.WriteString("Unit", unit);
        json.WriteEndObject();
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
