using TargetDrain.Calls;
using TargetDrain.Emulator.Queues;
using TargetDrain.Events;
using TargetDrain.Queue;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class TargetSearchTests
{
    private readonly Workbench bench = new();
    private readonly GroupHistory history;
    private readonly SqsQueue queue;

    public TargetSearchTests() => (history, queue) = (new GroupHistory(bench.Clock), bench.World.Queues.Create("bulletins"));

    private TargetSearch Search => field ??= bench.Search(history, queue);

    // Of the account's bucket nothing is left but what the critical ones have.
    [Theory]
    [InlineData("SpotInterruption", true)]
    [InlineData("StateChange", false)]
    public void The_most_urgent_of_a_batch_decides_how_urgently_EC2_is_asked(string reason, bool isAtOnce) => bench.Clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(1, 100), 10, bench.Clock);
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: true);
        var start = bench.Now;
        using var time = new InvocationTime(TimeSpan.FromMinutes(5), 2, bench.Clock);

        await bench.Search(history, queue, compute: new AwsApi(gate, bench.Metrics, bench.Clock, () => 0.5))
            .Begin([Leaving(TerminationReason.RebalanceRecommendation), Leaving(Enum.Parse<TerminationReason>(reason))], time).Addresses.FreshAsync(default);

        Assert.Equal(isAtOnce, (bench.Now - start).TotalSeconds < 0.5);
    });

    [Fact]
    public void What_another_environment_tells_is_remembered() => bench.Clock.Run(async () =>
    {
        var (quiet, busy) = (bench.Group("a"), bench.Group("b"));
        var instance = bench.World.Compute.RunInstance();
        queue.Send(new Bulletin(1, bench.Now, [], []).ToJson());
        queue.Send(new Bulletin(1, bench.Now, [instance.Id], [busy]).ToJson());

        var departure = Leaving(instance.Id, TerminationReason.StateChange);
        using var time = new InvocationTime(TimeSpan.FromMinutes(5), 1, bench.Clock);
        await Search.LookAsync(Search.Begin([departure], time), [departure], _ => true, time);

        Assert.Equal(0, bench.Calls("DescribeTargetHealth"));
        Assert.Equal((3, 1), (RankOf(quiet), RankOf(busy)));
        // It is not told on.
        Assert.Empty(history.Busy());

        int RankOf(string arn) => history.RankOf(new Amazon.ElasticLoadBalancingV2.Model.TargetGroup { TargetGroupArn = arn });
    });

    // Another environment's word never ends an action, so it is not asked for.
    [Fact]
    public void Where_only_tickets_are_looked_for_nobody_else_is_asked() => bench.Clock.Run(async () =>
    {
        bench.Group("web");
        var id = bench.World.Compute.RunInstance().Id;
        var departure = new Departure(id).With(new InboundMessage("1", "", "handle"), new DrainTicket(2, id, bench.Now, [new PendingAction("web", "drain", null, bench.Now)]));
        using var time = new InvocationTime(TimeSpan.FromMinutes(5), 1, bench.Clock);

        await Search.LookAsync(Search.Begin([departure], time), [departure], _ => true, time);

        Assert.Equal((0, 1), (bench.Calls("ReceiveMessage"), bench.Calls("DescribeTargetHealth")));
    });

    [Fact]
    public void Many_that_are_out_of_every_group_are_told_of_and_few_wait_until_they_are_many() => bench.Clock.Run(async () =>
    {
        await Search.TellOfDrainedAsync([.. Enumerable.Range(0, 19).Select(n => $"i-{n:x8}")], default);
        Assert.Equal(0, queue.Counts.All);
        await Search.TellOfDrainedAsync(["i-ffffffff"], default);
        Assert.Equal(20, Bulletin.Parse(Assert.Single(queue.Receive(10)).Sent.Body).InstanceIds.Count);
        await Search.TellOfDrainedAsync(["i-eeeeeeee"], default);
        Assert.Equal(1, queue.Counts.All);
    });

    private Departure Leaving(TerminationReason reason) => Leaving(bench.World.Compute.RunInstance().Id, reason);

    private Departure Leaving(string id, TerminationReason reason) =>
        new Departure(id).With(new InboundMessage(id, "", "handle"), new TerminationNotice(id, reason, bench.Now, Certainty: TerminationCertainty.Final));
}
