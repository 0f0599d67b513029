namespace TargetDrain.Emulator.Faults;

/// <summary>A limit: so many calls at once, so many more each second.</summary>
internal sealed record RateLimit(double Burst, double PerSecond);

/// <summary>The token buckets of the account. Each service shares a bucket between operations of one kind.</summary>
internal sealed class Throttle(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Service, string Bucket), (double Tokens, DateTimeOffset At)> buckets = [];

    // ELBv2 as documented since 2026-03. EC2 and Auto Scaling publish no figures for these calls.
    private readonly Dictionary<(string Service, string Bucket), RateLimit> limits = new()
    {
        [("elasticloadbalancing", "Describe")] = new(200, 50),
        [("elasticloadbalancing", "Targets")] = new(20, 4),
        [("elasticloadbalancing", "Modify")] = new(20, 3),
        [("ec2", "Describe")] = new(100, 20),
        [("ec2", "Change")] = new(100, 20),
        [("autoscaling", "All")] = new(100, 20),
    };

    /// <summary>False lets every call through.</summary>
    public bool IsOn { get; set; }

    /// <summary>Sets a bucket's limit and fills it. See <see cref="BucketOf"/> for the names.</summary>
    public void Limit(string service, string bucket, RateLimit limit)
    {
        lock (gate)
        {
            limits[(service, bucket)] = limit;
            buckets.Remove((service, bucket));
        }
    }

    public RateLimit? LimitOf(ApiCall call)
    {
        lock (gate) return limits.GetValueOrDefault((call.Service, BucketOf(call)));
    }

    /// <summary>Describe, Targets and Modify in ELBv2; Describe and Change in EC2; All elsewhere.</summary>
    public static string BucketOf(ApiCall call) => call.Service switch
    {
        "elasticloadbalancing" when call.Operation is "RegisterTargets" or "DeregisterTargets" => "Targets",
        "elasticloadbalancing" => call.ReadsOnly ? "Describe" : "Modify",
        "ec2" => call.ReadsOnly ? "Describe" : "Change",
        _ => "All",
    };

    internal bool TryTake(ApiCall call)
    {
        if (!IsOn) return true;
        lock (gate)
        {
            var key = (call.Service, BucketOf(call));
            if (!limits.TryGetValue(key, out var limit)) return true;
            var now = clock.GetUtcNow();
            var (tokens, at) = buckets.TryGetValue(key, out var bucket) ? bucket : (limit.Burst, now);
            tokens = Math.Min(limit.Burst, tokens + ((now - at).TotalSeconds * limit.PerSecond));
            // A hair below one is one: refills are sums of fractions.
            var isEnough = tokens >= 1 - 1e-9;
            buckets[key] = (isEnough ? tokens - 1 : tokens, now);
            return isEnough;
        }
    }
}
