using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Wire;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Report;

/// <summary>API calls per second, one chart for each limit of the account.</summary>
internal static class ApiCharts
{
    private const int MostBars = 120;

    public static void Add(JsonObject report, World world, IEnumerable<ApiCalled> calls, Timescale time)
    {
        // Whole seconds, so that a bar can be compared with the limit.
        var width = Math.Max(1, Math.Ceiling(time.Length / MostBars));
        var bars = (int)Math.Ceiling(time.Length / width) + 1;
        report["barSeconds"] = width;
        report["limitsOn"] = world.Throttle.IsOn;
        var buckets = calls
            .Select(call => (Call: call, Bucket: Throttle.BucketOf(Named(call))))
            .GroupBy(item => (item.Call.Service, item.Bucket))
            .OrderBy(bucket => Rank(bucket.Key.Service)).ThenBy(bucket => bucket.Key.Bucket, StringComparer.Ordinal);
        report["apis"] = new JsonArray([.. buckets.Select(bucket =>
        {
            var (ours, others, refused) = (new int[bars], new int[bars], new int[bars]);
            foreach (var (call, _) in bucket)
            {
                var bar = Math.Clamp((int)(time.Of(call.Started) / width), 0, bars - 1);
                var series = IsThrottled(call) ? refused : call.Principal == Installation.FunctionAccessKeyId ? ours : others;
                series[bar]++;
            }
            var operations = bucket.GroupBy(item => item.Call.Operation).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} ×{group.Count()}");
            var chart = new JsonObject
            {
                ["name"] = Name(bucket.Key.Service, bucket.Key.Bucket), ["operations"] = string.Join(", ", operations),
                ["ours"] = Series(ours), ["others"] = Series(others), ["refused"] = Series(refused),
            };
            if (world.Throttle.LimitOf(Named(bucket.First().Call)) is { } limit) (chart["perSecond"], chart["burst"]) = (limit.PerSecond, limit.Burst);
            return chart;
        })]);
    }

    private static ApiCall Named(ApiCalled call) => new(call.Service, call.Operation, call.Resource, call.Principal);

    private static bool IsThrottled(ApiCalled call) =>
        call.ErrorCode is { } code && (code.Contains("Throttl", StringComparison.Ordinal) || code == "RequestLimitExceeded");

    private static int Rank(string service) => service switch { "elasticloadbalancing" => 0, "ec2" => 1, "autoscaling" => 2, _ => 3 };

    private static string Name(string service, string bucket) => (service, bucket) switch
    {
        ("elasticloadbalancing", "Targets") => "ELB: register and deregister targets",
        ("elasticloadbalancing", "Describe") => "ELB: describe",
        ("elasticloadbalancing", _) => "ELB: change",
        ("ec2", "Describe") => "EC2: describe",
        ("ec2", _) => "EC2: change",
        ("autoscaling", _) => "Auto Scaling",
        ("sqs", _) => "SQS (no limit of this kind)",
        _ => service,
    };

    private static JsonArray Series(int[] values) => [.. values.Select(value => JsonValue.Create(value))];
}
