using TargetDrain.Emulator;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>What no event told of is found by the schedule's runs, every five minutes.</summary>
public sealed class ReconcileScenarios
{
    private const double Interval = 300;

    /// <summary>Within the VPC, and nobody's.</summary>
    private const string Nobodys = "172.31.0.200";

    private static readonly InstallationOptions Removing = Scenario.With(("RECONCILE_ORPHANS", "remove"));

    private static readonly WorldOptions Lingering = new() { TerminatedStayRegistered = true };

    /// <summary>No event ever comes.</summary>
    private static readonly InstallationOptions Deaf = Scenario.With(("LIFECYCLE_EVENTS", "false"), ("STATE_CHANGES", "false"));

    [Fact]
    public void A_hook_whose_event_was_lost_is_drained_and_completed_by_the_next_run() => Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(web);
        scenario.Scale([instance], heartbeat: 400);
        scenario.Terminate(instance);
        await scenario.Pass(Interval - 1);
        Assert.Equal([$"{instance.Id}:80 healthy"], scenario.In(web));

        await scenario.Pass(30);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(web));
        await scenario.Pass(120);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal((1, 0), (scenario.Metric("ActionsRecovered"), scenario.DeadLetters()));
    }, Deaf);

    [Fact]
    public void An_instance_in_no_group_is_completed_when_it_was_seen_so_for_longer_than_a_ticket_waits() => Play(async scenario =>
    {
        var instance = scenario.Serve();
        scenario.Scale([instance], heartbeat: 1800);
        scenario.Terminate(instance);
        await scenario.Pass(Interval + 60);
        Assert.Empty(scenario.Ended());
        await scenario.Pass(Interval);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal(1, scenario.Metric("ActionsRecovered"));
    }, Deaf);

    [Theory]
    [InlineData(60, "HTTP")]
    [InlineData(1200, "HTTP")]
    [InlineData(0, "TCP")]
    public void A_drain_that_is_under_way_is_not_begun_again(double delay, string protocol) => Play(async scenario =>
    {
        // Begun shortly before a run, so that the run finds it in the middle.
        await scenario.Pass(Interval - 20);
        var instance = scenario.Serve(scenario.Group("web", delay: delay, protocol: protocol));
        scenario.Scale([instance], heartbeat: 900);
        scenario.Terminate(instance);
        await scenario.Pass(delay + Interval);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal(0, scenario.Metric("ActionsRecovered"));
        Assert.True(scenario.Metric("ReconcilerRuns") >= 1);
    });

    [Fact]
    public void Begun_twice_it_is_drained_and_completed_once() => Play(async scenario =>
    {
        var web = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(web);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(Interval + 10);
        // The event was only late.
        scenario.Send(Messages.Lifecycle(instance.Id, scenario.TokenOf(instance)));
        await scenario.Pass(200);

        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
        Assert.Equal(1, scenario.Calls("DeregisterTargets", web));
        Assert.Equal((0, 0), (scenario.DeadLetters(), scenario.Installation.Waiting));
    }, Deaf);

    [Fact]
    public void An_instance_that_waits_for_another_hook_is_left_to_it() => Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web"));
        scenario.Scale([instance], heartbeat: 7200, hook: "backup");
        scenario.Terminate(instance);
        await scenario.Pass(3 * Interval);

        Assert.Equal(0, scenario.Metric("ActionsRecovered"));
        Assert.Empty(scenario.Calls("RecordLifecycleActionHeartbeat"));
        Assert.Empty(scenario.Calls("DeregisterTargets"));
    }, Deaf);

    [Fact]
    public void In_a_dry_run_nothing_is_recovered_and_nothing_removed() => Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        await RegisterNobodyAsync(scenario, pods);
        var instance = scenario.Serve(scenario.Group("web"));
        scenario.Scale([instance], heartbeat: 7200);
        scenario.Terminate(instance);
        await scenario.Pass(3 * Interval);

        Assert.Empty(scenario.Calls("DeregisterTargets"));
        Assert.Empty(scenario.Calls("RecordLifecycleActionHeartbeat"));
        Assert.Equal((0, 0), (scenario.Metric("ActionsRecovered"), scenario.Metric("OrphansRemoved")));
        Assert.Contains(scenario.Log(), line => line.Contains($"{instance.Id} waits and no event told of it", StringComparison.Ordinal));
    }, Scenario.With(("DRY_RUN", "true"), ("RECONCILE_ORPHANS", "remove"), ("LIFECYCLE_EVENTS", "false")));

    [Fact]
    public void An_address_that_nobody_has_is_told_when_two_runs_have_seen_it() => Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        var serving = scenario.Serve();
        scenario.Register(pods, serving.PrivateIpAddress!);
        await RegisterNobodyAsync(scenario, pods);
        await scenario.Pass(Interval + 60);
        Assert.Equal(0, scenario.Metric("OrphansFound"));
        await scenario.Pass(2 * Interval);

        Assert.Equal((2, 0), (scenario.Metric("OrphansFound"), scenario.Metric("OrphansRemoved")));
        Assert.Single(scenario.Log(), line => line.Contains($"Orphan {Nobodys}:80 in {pods.Arn}", StringComparison.Ordinal));
        Assert.Empty(scenario.Calls("DeregisterTargets"));
    });

    [Fact]
    public void And_taken_out_where_that_is_wanted() => Play(async scenario =>
    {
        var (pods, others) = (scenario.Group("pods", type: "ip"), scenario.Group("others", type: "ip"));
        var serving = scenario.Serve();
        scenario.Register(pods, serving.PrivateIpAddress!);
        await RegisterNobodyAsync(scenario, pods);
        scenario.Register(pods, Nobodys, port: 8080);
        scenario.Register(others, Nobodys);
        await scenario.Pass((2 * Interval) + 60);

        Assert.Equal([$"{serving.PrivateIpAddress}:80 healthy"], scenario.In(pods).Where(target => !target.EndsWith(" draining", StringComparison.Ordinal)));
        Assert.All(scenario.In(others), target => Assert.EndsWith(" draining", target, StringComparison.Ordinal));
        Assert.Equal((3, 3), (scenario.Metric("OrphansFound"), scenario.Metric("OrphansRemoved")));
    }, Removing);

    [Fact]
    public void A_fresh_host_that_got_the_address_between_two_runs_is_left_alone() => Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        await RegisterNobodyAsync(scenario, pods);
        await scenario.Pass(Interval);
        Run(scenario, Nobodys);
        await scenario.Pass(3 * Interval);

        Assert.Equal([$"{Nobodys}:80 healthy"], scenario.In(pods));
        Assert.Empty(scenario.Calls("DeregisterTargets"));
    }, Removing);

    // It was seen, it went, it came back: the count begins anew.
    [Fact]
    public void Two_sightings_with_a_host_between_them_are_not_two_in_a_row() => Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        await RegisterNobodyAsync(scenario, pods);
        await scenario.Pass(Interval + 60);
        var host = Run(scenario, Nobodys);
        await scenario.Pass(Interval);
        scenario.World.Compute.Terminate(host.Id);
        await scenario.Pass(Interval);
        Assert.Empty(scenario.Calls("DeregisterTargets"));
        await scenario.Pass(Interval);
        Assert.Single(scenario.Calls("DeregisterTargets"));
    }, Scenario.With(("RECONCILE_ORPHANS", "remove"), ("STATE_CHANGES", "false")));

    [Fact]
    public void A_host_that_gets_the_address_at_the_last_moment_is_left_alone() => Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        await RegisterNobodyAsync(scenario, pods);
        await scenario.Pass((2 * Interval) - 61);
        // The run's own question is answered; what is asked at the moment of the call sees the new host.
        var asked = 0;
        scenario.World.Faults.Add(new FaultRule(Fault.Throttled)
        {
            Operation = "DescribeVpcs",
            When = _ =>
            {
                if (++asked == 2) Run(scenario, Nobodys);
                return false;
            },
        });
        await scenario.Pass(60);

        Assert.Equal(2, asked);
        Assert.Equal(1, scenario.Metric("OrphansFound"));
        Assert.Empty(scenario.Calls("DeregisterTargets"));
    }, Removing);

    [Fact]
    public void Other_addresses_are_nobodys_business() => Play(async scenario =>
    {
        var compute = scenario.World.Compute;
        var pods = scenario.Group("pods", type: "ip");
        // Of a prefix that a node holds for its pods.
        var node = compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { Ipv4PrefixCount = 1 }] });
        var pod = node.Interfaces[0].Ipv4Prefixes[0].BaseAddress;
        var card = compute.AttachNetworkInterface(scenario.Serve().Id);
        foreach (var address in new[] { pod.ToString(), card.Addresses[0].ToString() }) scenario.Register(pods, address);
        // Outside of the VPC.
        scenario.World.LoadBalancing.Register(pods.Arn, new TargetSpec("10.1.2.3") { AvailabilityZone = "all" });
        // Whatever the checks say of them.
        foreach (var target in scenario.World.LoadBalancing.Targets(pods.Arn)) scenario.World.LoadBalancing.SetHealth(pods.Arn, target.Target, Health.TimedOut);
        await scenario.Pass(3 * Interval);

        Assert.Equal(0, scenario.Metric("OrphansFound"));
        Assert.Empty(scenario.Calls("DeregisterTargets"));
    }, Removing);

    [Theory]
    [InlineData("DescribeNetworkInterfaces")]
    [InlineData("DescribeVpcs")]
    public void An_address_that_EC2_does_not_answer_for_is_left_alone(string operation) => Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        await RegisterNobodyAsync(scenario, pods);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = operation });
        await scenario.Pass(4 * Interval);

        Assert.Equal([$"{Nobodys}:80 unhealthy"], scenario.In(pods));
        Assert.Contains(scenario.Log(), line => line.Contains("they are left alone", StringComparison.Ordinal));
    }, Removing);

    [Fact]
    public void An_instance_that_EC2_does_not_answer_for_is_left_alone() => Play(async scenario =>
    {
        var web = scenario.Group("web");
        var gone = scenario.Serve(web);
        scenario.World.Compute.Terminate(gone.Id);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeInstances" });
        await scenario.Pass(4 * Interval);

        Assert.Equal([$"{gone.Id}:80 unused"], scenario.In(web));
    }, Scenario.With(("RECONCILE_ORPHANS", "remove"), ("STATE_CHANGES", "false")), Lingering);

    [Fact]
    public void An_instance_that_is_terminated_or_gone_is_taken_out_too() => Play(async scenario =>
    {
        var web = scenario.Group("web");
        var (gone, stopped) = (scenario.Serve(web), scenario.Serve(web));
        scenario.World.Compute.Terminate(gone.Id);
        scenario.World.Compute.Stop(stopped.Id);
        await scenario.Pass((2 * Interval) + 60);

        Assert.Equal([$"{gone.Id}:80 draining", $"{stopped.Id}:80 unused"], scenario.In(web));
        Assert.Equal(1, scenario.Metric("OrphansRemoved"));
    }, Scenario.With(("RECONCILE_ORPHANS", "remove"), ("STATE_CHANGES", "false")), Lingering);

    [Fact]
    public void What_is_out_of_scope_is_not_even_looked_at() => Play(async scenario =>
    {
        var (ours, theirs) = (scenario.Group("ours", type: "ip"), scenario.Group("theirs", type: "ip"));
        await RegisterNobodyAsync(scenario, ours, theirs);
        await scenario.Pass((2 * Interval) + 60);

        Assert.Equal((1, 0), (scenario.Metric("OrphansRemoved"), scenario.Calls("DescribeTargetHealth", theirs)));
    }, Scenario.With(("RECONCILE_ORPHANS", "remove"), ("TARGET_GROUP_NAMES", "ours")));

    [Fact]
    public void Two_environments_that_are_told_at_once_are_one_run() => Play(async scenario =>
    {
        var groups = Enumerable.Range(0, 30).Select(i => scenario.Group($"group-{i}")).ToList();
        scenario.World.Latency.Default = TimeSpan.FromMilliseconds(20);
        for (var round = 1; round <= 5; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []))));
            Assert.All(groups, group => Assert.Equal(round, scenario.Calls("DescribeTargetHealth", group)));
            Assert.Equal(round, scenario.Metric("ReconcilerRuns"));
            await scenario.Pass(60);
        }
        Assert.Equal(1, scenario.World.Queues.Find("target-drain-ReconcileQueue.fifo")!.Counts.All);
    }, Scenario.WithoutRules());

    [Fact]
    public void A_run_that_has_no_time_left_is_gone_on_with_where_it_stopped() => Play(async scenario =>
    {
        // At ten a second, and forty at once: some 180 groups until 15 s are left of a 30 s run.
        var groups = Enumerable.Range(0, 400).Select(i => scenario.Group($"group-{i:000}")).ToList();
        var seen = new List<int>();
        for (var round = 0; round < 6; round++)
        {
            await scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []));
            seen.Add(groups.Count(group => scenario.Calls("DescribeTargetHealth", group) > 0));
            await scenario.Pass(1);
        }
        Assert.InRange(seen[0], 50, 350);
        Assert.True(seen[1] > seen[0], string.Join(' ', seen));
        Assert.True(seen[^1] == 400, string.Join(' ', seen));
        Assert.All(groups, group => Assert.InRange(scenario.Calls("DescribeTargetHealth", group), 1, 3));
    }, Scenario.WithoutRules() with { Timeout = TimeSpan.FromSeconds(30) });

    [Fact]
    public void While_messages_wait_or_are_worked_on_it_stands_still() => Play(async scenario =>
    {
        var web = scenario.Group("web");
        scenario.Send("{}");
        var outage = scenario.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(8))) { Operation = "DescribeTargetGroups" });
        var instance = scenario.Serve(web);
        scenario.World.Compute.Terminate(instance.Id);
        scenario.Send(Messages.StateChange(instance.Id, "shutting-down"));
        await scenario.Pass(2);
        Assert.Equal(1, scenario.Installation.Function.Running);
        var run = scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []));
        await scenario.Pass(5);
        Assert.Equal(0, scenario.Calls("DescribeTargetHealth", web));
        scenario.World.Faults.Remove(outage);
        await run;

        Assert.Equal(2, scenario.Calls("DescribeTargetHealth", web));
    }, Scenario.WithoutRules());

    [Fact]
    public void A_killed_run_keeps_the_next_ones_waiting_for_the_visibility_timeout_at_most() => Play(async scenario =>
    {
        var web = scenario.Group("web");
        var hang = scenario.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(9))) { Operation = "DescribeTargetGroups" });
        var run = scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []));
        await scenario.Pass(5);
        scenario.Installation.Function.Crash();
        await run;
        scenario.World.Faults.Remove(hang);

        await scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []));
        Assert.Equal(0, scenario.Calls("DescribeTargetHealth", web));
        await scenario.Pass(400);
        await scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []));
        Assert.Equal(1, scenario.Calls("DescribeTargetHealth", web));
    }, Scenario.WithoutRules());

    [Fact]
    public void Nonsense_in_its_queue_is_a_first_baton() => Play(async scenario =>
    {
        var web = scenario.Group("web");
        var queue = scenario.World.Queues.Find("target-drain-ReconcileQueue.fifo")!;
        queue.Send("nonsense", groupId: "baton");
        queue.Send("[1]", groupId: "baton");
        await scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []));

        Assert.Equal((1, 1), (scenario.Calls("DescribeTargetHealth", web), queue.Counts.All));
    }, Scenario.WithoutRules());

    [Fact]
    public void Its_schedule_can_be_off() => Play(async scenario =>
    {
        await RegisterNobodyAsync(scenario, scenario.Group("pods", type: "ip"));
        await scenario.Pass(3 * Interval);
        Assert.Equal((0, 0), (scenario.Metric("ReconcilerRuns"), scenario.Metric("OrphansFound")));

        await scenario.InvokeAsync(Messages.Event("target-drain", "Reconcile", []));
        Assert.Equal(1, scenario.Metric("ReconcilerRuns"));
    }, Scenario.With(("RECONCILE_MINUTES", "0")));

    private static void Play(Func<Scenario, Task> play, InstallationOptions? options = null, WorldOptions? world = null) =>
        Scenario.Play(play, options, world, reconciles: options?.Rules is null);

    /// <summary>Takes a minute: somebody had the address, and is gone.</summary>
    private static async Task RegisterNobodyAsync(Scenario scenario, params TargetGroup[] groups)
    {
        scenario.World.Compute.Terminate(Run(scenario, Nobodys).Id);
        await scenario.Pass(60);
        foreach (var group in groups) scenario.Register(group, Nobodys);
    }

    private static Instance Run(Scenario scenario, string address) =>
        scenario.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { Address = address }] });
}
