using TargetDrain.Calls;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Queues;
using TargetDrain.Events;
using TargetDrain.Queue;
using TargetDrain.Targets;
using Xunit;
using Instance = TargetDrain.Emulator.Compute.Instance;

namespace TargetDrain.Tests.Targets;

public sealed class TargetLookTests
{
    private const string Describe = "DescribeTargetHealth";

    private readonly Workbench bench = new();
    private readonly GroupHistory history;
    private readonly SqsQueue queue;
    private readonly TargetSearch search;

    public TargetLookTests()
    {
        history = new GroupHistory(bench.Clock);
        queue = bench.World.Queues.Create("queue");
        search = bench.Search(history, queue);
    }

    [Theory]
    [InlineData("TCP", true)]
    [InlineData("UDP", true)]
    [InlineData("TCP_UDP", true)]
    [InlineData("TLS", true)]
    [InlineData("QUIC", true)]
    [InlineData("TCP_QUIC", true)]
    [InlineData("HTTP", false)]
    [InlineData("HTTPS", false)]
    public void The_protocol_says_what_kind_of_load_balancer_it_is(string protocol, bool isNetwork) => bench.Clock.Run(async () =>
    {
        var instance = bench.World.Compute.RunInstance();
        var group = bench.Group("web", delay: 45, protocol: protocol);
        bench.World.LoadBalancing.Register(group, new TargetSpec(instance.Id, 80) { QuicServerId = protocol.EndsWith("QUIC", StringComparison.Ordinal) ? "0x00000000000000a1" : null });

        var status = (await LookAsync(Hooked(instance)))[instance.Id];

        Assert.Equal(new Drain(group, bench.Now, isNetwork, TimeSpan.FromSeconds(45)), Assert.Single(status.Draining));
        Assert.True(status.IsCertain && status.IsFull);
    });

    [Fact]
    public void How_long_a_group_drains_is_asked_only_where_somebody_waits() => bench.Clock.Run(async () =>
    {
        var (hooked, alone) = (Serving("a"), Serving("b"));
        Assert.Null(Assert.Single((await LookAsync(Alone(alone)))[alone.Id].Draining).Delay);
        Assert.Equal(0, bench.Calls("DescribeTargetGroupAttributes"));
        await LookAsync(search with { Options = new DrainOptions { DryRun = true } }, Hooked(hooked));
        Assert.Equal(0, bench.Calls("DescribeTargetGroupAttributes"));
        await LookAsync(Hooked(hooked));
        Assert.Equal(1, bench.Calls("DescribeTargetGroupAttributes"));
    });

    [Fact]
    public void One_of_many_who_waits_is_enough() => bench.Clock.Run(async () =>
    {
        var group = bench.Group("web");
        var (hooked, alone) = (bench.World.Compute.RunInstance(), bench.World.Compute.RunInstance());
        bench.World.LoadBalancing.Register(group, new TargetSpec(hooked.Id), new TargetSpec(alone.Id));

        Assert.Equal(300, Assert.Single((await LookAsync(Hooked(hooked), Alone(alone)))[hooked.Id].Draining).Delay!.Value.TotalSeconds);
    });

    [Fact]
    public void A_group_that_answered_is_not_asked_again_at_once_and_such_a_look_is_not_full() => bench.Clock.Run(async () =>
    {
        var instance = Serving("web");
        Assert.True((await LookAsync(Alone(instance)))[instance.Id].IsFull);
        var again = (await LookAsync(Alone(instance)))[instance.Id];

        Assert.Equal((false, true, 1, 1), (again.IsFull, again.IsCertain, again.Draining.Count, bench.Calls(Describe)));
    });

    // Otherwise what is left of it would be forgotten.
    [Fact]
    public void A_group_that_gave_only_some_of_them_away_is_asked_again() => bench.Clock.Run(async () =>
    {
        var group = bench.Group("web");
        var (good, bad) = (bench.World.Compute.RunInstance(), bench.World.Compute.RunInstance());
        bench.World.LoadBalancing.Register(group, new TargetSpec(good.Id), new TargetSpec(bad.Id));
        var calls = 0;
        // Both together, then the second alone.
        var rule = bench.World.Faults.Add(new FaultRule(Fault.Of("InvalidTarget", 400, "x")) { Operation = "DeregisterTargets", When = _ => ++calls != 2 });

        var first = await LookAsync(Alone(good), Alone(bad));
        Assert.Single(first.Values, status => !status.IsCertain);
        bench.World.Faults.Remove(rule);
        var second = await LookAsync(Alone(good), Alone(bad));

        Assert.All(second.Values, status => Assert.Single(status.Draining));
        Assert.All(bench.World.LoadBalancing.Targets(group), target => Assert.Equal("draining", target.Health.State));
    });

    [Fact]
    public void The_last_look_may_be_narrowed_to_the_groups_that_held_it_and_those_that_are_new() => bench.Clock.Run(async () =>
    {
        var (first, second) = (bench.Group("first"), bench.Group("second"));
        var instance = bench.World.Compute.RunInstance();
        await LookAsync(Alone(instance));
        await bench.Pass(100);
        var departure = new Departure(instance.Id).With(
            Message, new DrainTicket(2, instance.Id, bench.Now, [new PendingAction("web", "drain", null, bench.Now)], HeldBy: [first]));
        var third = bench.Group("third");
        bench.World.LoadBalancing.Register(third, new TargetSpec(instance.Id));
        bench.World.LoadBalancing.Register(second, new TargetSpec(instance.Id));
        var before = bench.Calls(Describe);

        var status = (await LookAsync(departure))[instance.Id];

        Assert.Equal(2, bench.Calls(Describe) - before);
        Assert.Equal(third, Assert.Single(status.Draining).GroupArn);
        Assert.True(status.IsFull);
    });

    // EC2 gives a released address to the next host within seconds.
    [Fact]
    public void An_address_that_is_no_longer_its_own_when_it_is_its_turn_is_left_alone() => bench.Clock.Run(async () =>
    {
        var (instance, moved, group) = WithTwoAddresses();
        bench.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(6))) { Operation = Describe, When = _ => Once(() => bench.World.Compute.DetachNetworkInterface(moved.Id)) });

        var status = (await LookAsync(Alone(instance)))[instance.Id];

        Assert.True(status.IsCertain);
        Assert.Equal(["80 draining", "81 unhealthy"], bench.World.LoadBalancing.Targets(group).Select(target => $"{target.Target.Port} {target.Health.State}").Order());
        Assert.Single(bench.Log.Written, line => line.Contains("no longer says", StringComparison.Ordinal));
        Assert.Equal(2, bench.Calls("DescribeInstances"));
    });

    [Fact]
    public void While_EC2_does_not_say_whose_an_address_is_nothing_is_taken_out_and_nothing_certain() => bench.Clock.Run(async () =>
    {
        var (instance, _, group) = WithTwoAddresses();
        bench.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(6))) { Operation = Describe });
        bench.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeInstances", Skip = 1 });

        var status = (await LookAsync(Alone(instance)))[instance.Id];

        Assert.All(status.Problems, problem => Assert.StartsWith("DescribeInstances: ", problem, StringComparison.Ordinal));
        Assert.NotEmpty(status.Problems);
        Assert.All(bench.World.LoadBalancing.Targets(group), target => Assert.Equal("healthy", target.Health.State));
        Assert.DoesNotContain(bench.Log.Written, line => line.Contains("no longer says", StringComparison.Ordinal));
    });

    [Fact]
    public void That_addresses_are_not_known_is_told_of_those_alone_that_have_none() => bench.Clock.Run(async () =>
    {
        var (known, unknown) = (bench.World.Compute.RunInstance(), "i-0123456789abcdef0");
        await LookAsync(Alone(known), Alone(unknown));
        Assert.Equal([$"{unknown}: EC2 returned no addresses"], bench.Log.Written.Where(line => line.Contains("no addresses", StringComparison.Ordinal)).Select(line => line.Split(';')[0]));

        bench.Log.Written.Clear();
        bench.Fail("DescribeInstances");
        var status = (await LookAsync(Alone("i-0123456789abcdef1")))["i-0123456789abcdef1"];
        Assert.False(status.IsCertain);
        Assert.DoesNotContain(bench.Log.Written, line => line.Contains("no addresses", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(9, 0)]
    public void That_a_look_takes_longer_than_there_is_time_is_said_once(int seconds, int lines) => bench.Clock.Run(async () =>
    {
        var narrow = search with { DescribeRate = new CallRate(1, 1) };
        for (var n = 0; n < 4; n++) bench.Group($"g-{n}");
        var instance = bench.World.Compute.RunInstance();
        for (var n = 0; n < 2; n++)
        {
            await LookAsync(narrow, TimeSpan.FromSeconds(seconds), Hooked(instance));
            Assert.Equal(lines, bench.Log.Written.Count(line => line.StartsWith("4 target groups need 3 s", StringComparison.Ordinal)));
        }
    });

    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 1)]
    public void Another_environment_is_told_of_a_group_that_loses_many_before_the_look_ends(int instances, int told) => bench.Clock.Run(async () =>
    {
        var group = bench.Group("web");
        var members = bench.World.Compute.RunInstances(new InstanceSpec(), instances);
        bench.World.LoadBalancing.Register(group, [.. members.Select(one => new TargetSpec(one.Id))]);
        bench.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(5))) { Operation = "SendMessage" });

        await LookAsync([.. members.Select(one => Alone(one))]);

        Assert.Equal(told, queue.Counts.All);
    });

    // Of the account's bucket nothing is left but what the critical ones have.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_most_urgent_of_a_batch_decides_how_urgent_its_look_is(bool hasCritical) => bench.Clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(1, 100), 10, bench.Clock);
        var narrow = bench.Search(history, queue, health: new AwsApi(gate, bench.Metrics, bench.Clock, () => 0.5));
        bench.Group("web");
        var (one, other) = (bench.World.Compute.RunInstance(), bench.World.Compute.RunInstance());
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: true);
        var start = bench.Now;

        await LookAsync(narrow, Alone(one, hasCritical ? TerminationReason.SpotInterruption : TerminationReason.StateChange), Alone(other, TerminationReason.RebalanceRecommendation));

        Assert.Equal(hasCritical, (bench.Now - start).TotalSeconds < 0.5);
    });

    [Fact]
    public void Who_serves_again_at_the_last_moment_stays() => bench.Clock.Run(async () =>
    {
        var instance = Serving("web");
        var asked = 0;

        await LookAsync(search, TimeSpan.FromMinutes(5), _ => ++asked < 2, Alone(instance));

        Assert.Equal(2, asked);
        Assert.Equal(0, bench.Calls("DeregisterTargets"));
    });

    private static InboundMessage Message { get; } = new("1", "", "handle");

    private (Instance Instance, NetworkInterface Second, string Group) WithTwoAddresses()
    {
        var instance = bench.World.Compute.RunInstance();
        var second = bench.World.Compute.AttachNetworkInterface(instance.Id);
        var group = bench.Group("pods", "ip");
        bench.World.LoadBalancing.Register(group, new TargetSpec(instance.PrivateIpAddress!, 80), new TargetSpec($"{second.Addresses[0]}", 81));
        return (instance, second, group);
    }

    private static bool Once(Action change)
    {
        change();
        return true;
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void A_tickets_look_goes_on_where_its_time_was_up_and_begins_anew_where_a_group_did_not_answer(bool isTimeUp, int asked) => bench.Clock.Run(async () =>
    {
        var (instance, late) = (bench.World.Compute.RunInstance(), bench.Group("late"));
        bench.Group("good");
        var ticket = Ticket(instance.Id);
        await bench.Pass(1);
        var fault = bench.World.Faults.Add(new FaultRule(isTimeUp ? Fault.StallFor(TimeSpan.FromSeconds(5)) : Fault.AccessDenied) { Operation = Describe, When = call => call.Resource == late });
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(3), bench.Clock);
        Assert.False((await LookAsync(new Departure(instance.Id).With(Message, ticket), time.Token)).IsCertain);
        bench.World.Faults.Remove(fault);
        await bench.Pass(60);
        var before = bench.Calls(Describe);

        var status = (await LookAsync(new Departure(instance.Id).With(Message, ticket)))[instance.Id];

        Assert.Equal(asked, bench.Calls(Describe) - before);
        Assert.True(status is { IsCertain: true, IsFull: true, Draining.Count: 0 });
        // A third one that has nothing left to ask, but for what is new.
        bench.World.LoadBalancing.Register(bench.Group("new"), new TargetSpec(instance.Id));
        status = (await LookAsync(new Departure(instance.Id).With(Message, ticket)))[instance.Id];
        Assert.Equal(asked + 1, bench.Calls(Describe) - before);
        Assert.True(status is { IsFull: true, Draining.Count: 1 });
    });

    [Fact]
    public void A_ticket_that_was_seen_in_a_group_is_looked_for_anew() => bench.Clock.Run(async () =>
    {
        var instance = Serving("a");
        bench.Group("b");
        var ticket = Ticket(instance.Id);
        await bench.Pass(1);
        Assert.Single((await LookAsync(new Departure(instance.Id).With(Message, ticket)))[instance.Id].Draining);

        await bench.Pass(301);
        Assert.Empty((await LookAsync(new Departure(instance.Id).With(Message, ticket)))[instance.Id].Draining);
        Assert.Equal(4, bench.Calls(Describe));
    });

    private DrainTicket Ticket(string id) => new(2, id, bench.Now, [new PendingAction("web", "drain", null, bench.Now)]);

    private Instance Serving(string name)
    {
        var instance = bench.World.Compute.RunInstance();
        bench.World.LoadBalancing.Register(bench.Group(name), new TargetSpec(instance.Id));
        return instance;
    }

    private Departure Alone(Instance instance, TerminationReason reason = TerminationReason.StateChange) => Alone(instance.Id, reason);

    private Departure Alone(string id, TerminationReason reason = TerminationReason.StateChange) =>
        new Departure(id).With(Message, new TerminationNotice(id, reason, bench.Now, Certainty: TerminationCertainty.Final));

    private Departure Hooked(Instance instance) => new Departure(instance.Id).With(
        Message, new TerminationNotice(instance.Id, TerminationReason.LifecycleHook, bench.Now, new LifecycleAction("web", "drain", new string('a', 36), bench.Now)));

    private Task<IReadOnlyDictionary<string, DrainStatus>> LookAsync(params Departure[] departures) => LookAsync(search, departures);

    private Task<IReadOnlyDictionary<string, DrainStatus>> LookAsync(TargetSearch with, params Departure[] departures) =>
        LookAsync(with, TimeSpan.FromMinutes(5), departures);

    private Task<IReadOnlyDictionary<string, DrainStatus>> LookAsync(TargetSearch with, TimeSpan timeLeft, params Departure[] departures) =>
        LookAsync(with, timeLeft, _ => true, departures);

    private async Task<IReadOnlyDictionary<string, DrainStatus>> LookAsync(
        TargetSearch with, TimeSpan timeLeft, Func<Departure, bool> stillLeaves, params Departure[] departures)
    {
        var book = new AddressBook(with.Instances, [.. departures.Select(one => one.InstanceId)], peeredVpcs: false, Urgency.Normal, bench.Clock);
        var look = new TargetLook(with, departures, await book.FreshAsync(default), book, stillLeaves, default);
        await look.RunAsync(with.Catalog.ListAsync(Urgency.Normal, default), timeLeft);
        return look.Statuses;
    }

    private async Task<DrainStatus> LookAsync(Departure departure, CancellationToken time)
    {
        var book = new AddressBook(search.Instances, [departure.InstanceId], peeredVpcs: false, Urgency.Normal, bench.Clock);
        var look = new TargetLook(search, [departure], await book.FreshAsync(default), book, _ => true, time);
        await look.RunAsync(search.Catalog.ListAsync(Urgency.Normal, default), TimeSpan.FromMinutes(5));
        return look.Statuses[departure.InstanceId];
    }
}
