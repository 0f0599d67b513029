using TargetDrain.Calls;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Lifecycle;
using Xunit;

namespace TargetDrain.Tests.Lifecycle;

public sealed class ScalingStatesTests
{
    private readonly Workbench bench = new();

    [Fact]
    public void Fifty_are_asked_for_in_a_call_and_one_of_no_group_has_no_state() => bench.Clock.Run(async () =>
    {
        string[] ids = [.. Enumerable.Range(0, 51).Select(_ => bench.World.Compute.RunInstance().Id)];
        bench.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("web") { MaxSize = 100 });
        bench.World.AutoScaling.AttachInstances("web", ids[1..]);

        var states = await Of().OfAsync(ids, Urgency.Normal, default);

        Assert.Equal(51, states.Count);
        Assert.Null(states[ids[0]]);
        Assert.All(ids[1..], id => Assert.Equal("InService", states[id]));
        Assert.Equal(2, bench.Calls("DescribeAutoScalingInstances"));
    });

    [Fact]
    public void One_that_Auto_Scaling_did_not_answer_for_is_missing() => bench.Clock.Run(async () =>
    {
        bench.Fail("DescribeAutoScalingInstances", times: 1);

        Assert.Empty(await Of().OfAsync(["i-0123456789abcdef0"], Urgency.Normal, default));
        Assert.Single(bench.Log.Written);
    });

    [Fact]
    public void Nobody_is_asked_about_nobody() => bench.Clock.Run(async () =>
    {
        Assert.Empty(await Of().OfAsync([], Urgency.Normal, default));
        Assert.Equal(0, bench.Calls("DescribeAutoScalingInstances"));
    });

    private ScalingStates Of() => new(bench.Aws.AutoScaling, bench.Api, bench.Log);
}
