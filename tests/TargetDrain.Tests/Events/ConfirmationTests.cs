using TargetDrain.Calls;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using TargetDrain.Targets;
using Xunit;
using LifecycleAction = TargetDrain.Events.LifecycleAction;

namespace TargetDrain.Tests.Events;

public sealed class ConfirmationTests
{
    private readonly Workbench bench = new();
    private readonly Instance instance;
    private readonly LifecycleActions lifecycle;

    public ConfirmationTests()
    {
        instance = bench.World.Compute.RunInstance();
        bench.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("web"));
        bench.World.AutoScaling.PutHook("web", new LifecycleHook("drain") { HeartbeatTimeout = 3600 });
        bench.World.AutoScaling.AttachInstances("web", [instance.Id]);
        bench.World.AutoScaling.TerminateInstance(instance.Id);
        lifecycle = new LifecycleActions(bench.Aws.AutoScaling, bench.Api, new DrainOptions().Results, bench.Metrics, bench.Log);
    }

    // It did not say so itself: the action is asked, by a heartbeat.
    [Theory]
    [InlineData("waits", "holds")]
    [InlineData("over", "stale")]
    [InlineData("silent", "undecided")]
    public void Where_Auto_Scaling_does_not_say_the_action_does(string action, string outcome) => bench.Clock.Run(async () =>
    {
        var token = bench.World.Journal.Of<LifecycleActionStarted>().Single().Token;
        var pending = new PendingAction("web", "drain", token, bench.Now);
        var noticed = new Departure(instance.Id).With(
            Message, new TerminationNotice(instance.Id, TerminationReason.LifecycleHook, bench.Now, new LifecycleAction("web", "drain", token, bench.Now)));
        var waited = new Departure(instance.Id).With(Message, new DrainTicket(2, instance.Id, bench.Now, [pending]));
        await bench.Pass(130);
        if (action == "over") await lifecycle.CompleteAsync(pending, instance.Id, DrainOutcome.TimedOut, default);
        if (action == "silent") bench.Fail("RecordLifecycleActionHeartbeat");
        bench.Fail("DescribeAutoScalingInstances");

        // Once its action is over, EC2 terminates the instance, which is a reason of its own; another one of the group serves on.
        foreach (var departure in action == "over" ? [] : new[] { noticed, waited }) Assert.Equal(outcome, await AskAsync(departure));
        if (action == "over") Assert.Equal(outcome, await AskAsync(new Departure(Serving).With(Message, new DrainTicket(2, Serving, bench.Now, [pending]))));
    });

    [Fact]
    public void What_Auto_Scaling_says_needs_no_heartbeat() => bench.Clock.Run(async () =>
    {
        var token = bench.World.Journal.Of<LifecycleActionStarted>().Single().Token;
        Assert.Equal("holds", await AskAsync(new Departure(instance.Id).With(Message, new DrainTicket(2, instance.Id, bench.Now, [new PendingAction("web", "drain", token, bench.Now)]))));
        Assert.Equal(0, bench.Calls("RecordLifecycleActionHeartbeat"));
    });

    [Fact]
    public void While_EC2_does_not_say_whether_it_stopped_nothing_is_decided() => bench.Clock.Run(async () =>
    {
        bench.Fail("DescribeInstances");
        Assert.Equal("undecided", await AskAsync(new Departure(Serving).With(
            Message, new TerminationNotice(Serving, TerminationReason.StateChange, bench.Now, Certainty: TerminationCertainty.Reversible))));
    });

    // Of the account's bucket nothing is left but what the critical ones have.
    [Theory]
    [InlineData("SpotInterruption", true)]
    [InlineData("StateChange", false)]
    public void The_most_urgent_of_a_batch_decides_how_urgently_Auto_Scaling_is_asked(string reason, bool isAtOnce) => bench.Clock.Run(async () =>
    {
        var token = bench.World.Journal.Of<LifecycleActionStarted>().Single().Token;
        var gate = new CallGate(new CallRate(1, 100), 10, bench.Clock);
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: true);
        var start = bench.Now;

        await ConfirmAsync(
            new AwsApi(gate, bench.Metrics, bench.Clock, () => 0.5),
            new Departure(instance.Id).With(Message, new DrainTicket(2, instance.Id, bench.Now, [new PendingAction("web", "drain", token, bench.Now)])),
            new Departure(Serving).With(Message, new TerminationNotice(Serving, Enum.Parse<TerminationReason>(reason), bench.Now, Certainty: TerminationCertainty.Final)));

        Assert.Equal(isAtOnce, (bench.Now - start).TotalSeconds < 0.5);
    });

    private static InboundMessage Message { get; } = new("1", "", "handle");

    private string Serving => field ??= bench.World.Compute.RunInstance().Id;

    private async Task<string> AskAsync(Departure departure)
    {
        var confirmed = await ConfirmAsync(bench.Api, departure);
        return (confirmed.Holding.Count == 0, confirmed.Undecided.Count == 0) switch { (false, true) => "holds", (true, false) => "undecided", (true, true) => "stale", _ => "both" };
    }

    private async Task<ConfirmedDepartures> ConfirmAsync(AwsApi scaling, params Departure[] departures)
    {
        var book = new AddressBook(
            new InstanceLookup(bench.Aws.Compute, bench.Api), [.. departures.Select(one => one.InstanceId)], peeredVpcs: false, Urgency.Normal, bench.Clock);
        var hooks = new HookCatalog(bench.Aws.AutoScaling, bench.Api, bench.Clock, bench.Log);
        await using var keepAlive = new KeepAlive(departures, hooks, lifecycle, dryRun: false, bench.Clock, default);
        var confirmation = new Confirmation(
            new ScalingStates(bench.Aws.AutoScaling, scaling, bench.Log), new InstanceScope(new DrainOptions()), TimeSpan.FromMinutes(15), bench.Metrics, bench.Clock, bench.Log);
        return await confirmation.AskAsync(departures, book, keepAlive, default);
    }
}
