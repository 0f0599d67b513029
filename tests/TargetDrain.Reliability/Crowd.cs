using TargetDrain.Emulator.Faults;

namespace TargetDrain.Reliability;

/// <summary>Other clients of the account that draw on the same API limits: what they leave is all that there is.</summary>
internal static class Crowd
{
    private static readonly (string Service, string Bucket, RateLimit Limit)[] Documented =
    [
        ("elasticloadbalancing", "Describe", new(200, 50)), ("elasticloadbalancing", "Targets", new(20, 4)),
        ("ec2", "Describe", new(100, 20)), ("autoscaling", "All", new(100, 20)),
    ];

    /// <summary>Name and share of the limits that is left.</summary>
    public static IReadOnlyDictionary<string, double> All { get; } = new Dictionary<string, double> { ["crowded-10"] = 0.10, ["crowded-2"] = 0.02 };

    /// <summary>They leave no burst and so much of the rate, and are gone after a while.</summary>
    public static async Task ComeAsync(Stage stage, double left, TimeSpan lasts)
    {
        stage.World.Throttle.IsOn = true;
        foreach (var (service, bucket, limit) in Documented) stage.World.Throttle.Limit(service, bucket, new RateLimit(1, limit.PerSecond * left));
        await stage.Pass(lasts.TotalSeconds);
        foreach (var (service, bucket, limit) in Documented) stage.World.Throttle.Limit(service, bucket, limit);
    }
}
