using TargetDrain.Emulator;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>Real processes, real time, SIGKILL.</summary>
public sealed class KillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_killed_process_loses_nothing()
    {
        var options = new InstallationOptions
        {
            Timeout = TimeSpan.FromSeconds(6),
            VisibilityTimeout = TimeSpan.FromSeconds(6),
            Environment = new Dictionary<string, string> { ["CHECK_INTERVAL_SECONDS"] = "1" },
        };
        await using var aws = await RunningAws.StartAsync(new WorldOptions(), options, port: 0, RunningAws.OwnFunction, CancellationToken.None);
        var world = aws.World;
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { DeregistrationDelay = TimeSpan.FromSeconds(3) });
        var instance = world.Compute.RunInstance();
        world.LoadBalancing.Register(group.Arn, new TargetSpec(instance.Id), new TargetSpec(instance.Id, 8080));
        world.AutoScaling.CreateGroup(new AutoScalingGroupSpec("web"));
        world.AutoScaling.PutHook("web", new LifecycleHook("target-drain") { HeartbeatTimeout = 600 });
        world.AutoScaling.AttachInstances("web", instance.Id);
        // Between sending the ticket and acknowledging: it is in the queue, and the function has not been told.
        var kills = 0;
        world.Journal.Written += entry =>
        {
            if (entry is ApiCalled { Principal: Installation.FunctionAccessKeyId, Operation: "SendMessageBatch" } && Interlocked.Increment(ref kills) == 1)
                aws.KillFunction();
        };

        world.AutoScaling.TerminateInstance(instance.Id);
        var started = world.Clock.GetTimestamp();
        while (world.Clock.GetElapsedTime(started) < Patience && (!world.Journal.Of<LifecycleActionEnded>().Any() || aws.Installation.Queue.Counts.All > 0))
            await Task.Delay(TimeSpan.FromMilliseconds(200), world.Clock);

        Assert.NotEqual(0, kills);
        Assert.Empty(world.LoadBalancing.Targets(group.Arn));
        Assert.Equal(("CONTINUE", "caller"), (Assert.Single(world.Journal.Of<LifecycleActionEnded>()).Result, world.Journal.Of<LifecycleActionEnded>().Single().By));
        Assert.Contains(world.Journal.Of<InvocationEnded>(), run => run.Outcome == "crash");
        Assert.Equal(0, aws.Installation.DeadLetters.Counts.All);
    }
}
