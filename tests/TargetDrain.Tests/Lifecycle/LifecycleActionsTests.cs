using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Lifecycle;

public sealed class LifecycleActionsTests
{
    private readonly Workbench bench = new();
    private readonly Instance instance;
    private readonly LifecycleActions lifecycle;

    public LifecycleActionsTests()
    {
        instance = bench.World.Compute.RunInstance();
        bench.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("web"));
        bench.World.AutoScaling.PutHook("web", new LifecycleHook("drain") { HeartbeatTimeout = 300 });
        bench.World.AutoScaling.AttachInstances("web", [instance.Id]);
        lifecycle = new LifecycleActions(bench.Aws.AutoScaling, bench.Api, new DrainOptions().Results, bench.Metrics, bench.Log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_action_is_ended_once_with_or_without_its_token(bool hasToken) => bench.Clock.Run(async () =>
    {
        var action = Terminate(hasToken);
        Assert.Equal(HeartbeatResult.Recorded, await lifecycle.HeartbeatAsync(action, instance.Id, default));

        Assert.Equal(new ActionEnd(action, "CONTINUE"), await lifecycle.CompleteAsync(action, instance.Id, DrainOutcome.Drained, default));
        // Whoever comes second finds it done, which is as good.
        Assert.Equal(new ActionEnd(action, ActionEnd.Over), await lifecycle.CompleteAsync(action, instance.Id, DrainOutcome.Drained, default));
        Assert.Equal(HeartbeatResult.ActionOver, await lifecycle.HeartbeatAsync(action, instance.Id, default));
        Assert.Equal("CONTINUE by caller", Assert.Single(bench.World.Journal.Of<LifecycleActionEnded>().Select(ended => $"{ended.Result} by {ended.By}")));
    });

    [Fact]
    public void One_that_is_left_is_not_called_for() => bench.Clock.Run(async () =>
    {
        var action = Terminate();

        Assert.Equal(new ActionEnd(action, ActionEnd.Left), await lifecycle.CompleteAsync(action, instance.Id, DrainOutcome.GaveUp, default));
        Assert.Equal(0, bench.Calls("CompleteLifecycleAction"));
    });

    [Fact]
    public void What_did_not_get_through_is_told() => bench.Clock.Run(async () =>
    {
        var action = Terminate();
        bench.Fail("CompleteLifecycleAction");
        bench.Fail("RecordLifecycleActionHeartbeat");

        var end = await lifecycle.CompleteAsync(action, instance.Id, DrainOutcome.Drained, default);
        Assert.Equal(ActionEnd.Left, end.Result);
        Assert.StartsWith("CompleteLifecycleAction: AccessDenied", end.Problem, StringComparison.Ordinal);
        Assert.Equal(HeartbeatResult.Failed, await lifecycle.HeartbeatAsync(action, instance.Id, default));
    });

    private PendingAction Terminate(bool hasToken = true)
    {
        bench.World.AutoScaling.TerminateInstance(instance.Id);
        var token = bench.World.Journal.Of<LifecycleActionStarted>().Single().Token;
        return new PendingAction("web", "drain", hasToken ? token : null, bench.Now);
    }
}
