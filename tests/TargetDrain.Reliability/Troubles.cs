using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>What makes an ordinary hour a bad one, without any error: old messages, slow answers, others' calls, others' registrations.</summary>
internal static class Troubles
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CrowdStays = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RepeatedAfter = TimeSpan.FromHours(1);
    private const double CrowdLeaves = 0.1;
    private const int OneIn = 20;

    private static readonly string[] Slow =
    [
        "DescribeInstances", "DescribeTargetGroups", "DescribeTargetHealth", "DeregisterTargets", "DescribeTargetGroupAttributes",
        "DescribeLifecycleHooks", "DescribeAutoScalingInstances", "RecordLifecycleActionHeartbeat", "CompleteLifecycleAction", "SendMessageBatch",
    ];

    /// <summary>Until so much time has passed.</summary>
    public static void Arm(Stage stage, TimeSpan until, Random random)
    {
        RepeatSome(stage, stage.Clock.GetUtcNow() + until, random);
        _ = RoundsAsync(stage, stage.Clock.GetUtcNow() + until);
    }

    /// <summary>What happens around an instance that has begun to leave.</summary>
    public static void Around(Stage stage, Instance instance, Random random)
    {
        var groups = stage.World.LoadBalancing.TargetGroups;
        if (random.Next(OneIn) == 0) stage.Register(groups[random.Next(groups.Count)], stage.Launch(new InstanceSpec { SubnetId = instance.Interfaces[0].Subnet.Id }));
        // Who has no hook is not waited for: registered again, nobody would come back for it.
        if (instance.SpotBehavior is null && random.Next(OneIn) == 0) _ = RegisterAgainAsync(stage, instance, groups[random.Next(groups.Count)]);
    }

    private static async Task RegisterAgainAsync(Stage stage, Instance instance, TargetGroup group)
    {
        await stage.Pass(10);
        if (instance.State != "running") return;
        try
        {
            stage.Register(group, instance, port: 9999);
        }
        catch (AwsErrorException)
        {
            // Refused: nothing has come in.
        }
    }

    private static async Task RoundsAsync(Stage stage, DateTimeOffset until)
    {
        for (var round = 0; stage.Clock.GetUtcNow() < until; round++)
        {
            var rule = stage.World.Faults.Add(new FaultRule(FaultKinds.Slow["slow-5"])
            {
                Operation = Slow[round % Slow.Length], When = call => call.Principal == Installation.FunctionAccessKeyId,
            });
            await Crowd.ComeAsync(stage, CrowdLeaves, CrowdStays);
            await stage.Pass((Round - CrowdStays).TotalSeconds);
            stage.World.Faults.Remove(rule);
        }
    }

    private static void RepeatSome(Stage stage, DateTimeOffset until, Random random)
    {
        var repeated = new HashSet<string>();
        stage.World.Journal.Written += entry =>
        {
            if (entry is not MessageSent { Body: var body } sent || sent.At > until || Disorder.QueueOf(stage, sent.Queue) is not { } queue) return;
            if (random.Next(OneIn) == 0 && repeated.Add(body)) queue.Send(body, RepeatedAfter);
        };
    }
}
