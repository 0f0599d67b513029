using System.Text.Json;
using TargetDrain.Emulator.Clock;
using TargetDrain.Events;
using TargetDrain.Telemetry;
using Xunit;

namespace TargetDrain.Tests.Telemetry;

public sealed class DrainMetricsTests
{
    private readonly DrainMetrics metrics = new("TargetDrain", "drain-prod", new VirtualClock());

    [Fact]
    public void Writes_one_line_in_the_embedded_metric_format()
    {
        metrics.CountBy(MetricNames.Notices, "SpotInterruption");
        metrics.Count(MetricNames.TargetsDeregistered, 3);
        metrics.Count(MetricNames.TargetsDeregistered, 2);
        metrics.Time(MetricNames.TimeToDeregister, TimeSpan.FromSeconds(1.5));

        using var document = JsonDocument.Parse(Flush());
        var root = document.RootElement;
        var directive = root.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
        Assert.Equal("TargetDrain", directive.GetProperty("Namespace").GetString());
        Assert.Equal("FunctionName", directive.GetProperty("Dimensions")[0][0].GetString());
        Assert.Equal("drain-prod", root.GetProperty("FunctionName").GetString());
        Assert.Equal(5, root.GetProperty("TargetsDeregistered").GetDouble());
        Assert.Equal(1, root.GetProperty("Notices.SpotInterruption").GetDouble());
        Assert.Equal(1.5, root.GetProperty("TimeToDeregister")[0].GetDouble());
        Assert.All(
            directive.GetProperty("Metrics").EnumerateArray(),
            metric => Assert.True(root.TryGetProperty(metric.GetProperty("Name").GetString()!, out _)));
    }

    [Fact]
    public void Starts_anew_after_each_invocation_and_says_nothing_when_nothing_happened()
    {
        metrics.Count(MetricNames.TicketsRead);

        Assert.NotEmpty(Flush());
        Assert.Empty(Flush());
    }

    [Fact]
    public void Keeps_the_spread_of_more_values_than_cloudwatch_takes()
    {
        for (var i = 0; i < 1000; i++) metrics.Time(MetricNames.TimeToDeregister, TimeSpan.FromSeconds(i));

        using var document = JsonDocument.Parse(Flush());
        var values = document.RootElement.GetProperty("TimeToDeregister").EnumerateArray().Select(value => value.GetDouble()).ToList();
        Assert.Equal(100, values.Count);
        Assert.Equal(0, values[0]);
        Assert.Equal(999, values[^1]);
        Assert.InRange(values[50], 480, 520);
    }

    private string Flush()
    {
        using var output = new StringWriter();
        metrics.Flush(output);
        return output.ToString();
    }
}
