using TargetDrain.Emulator;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>
/// Thousands of groups or of messages, and so seconds of the machine's time each: too much to repeat for every mutant, see
/// tests/TargetDrain.Mutation.
/// </summary>
public sealed class LargeWorldScenarios(ITestOutputHelper output)
{
    private static double T(Scenario s, DateTimeOffset at) => (at - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;

    // EC2 is asked at the beginning of a look that may last minutes; the address has another host by then.
    [Fact]
    public void An_address_that_went_to_another_host_during_a_long_look_is_left_alone() => Scenario.Play(async s =>
    {
        s.World.Throttle.IsOn = true;
        for (var n = 0; n < 3500; n++) s.Group($"g-{n}", type: "ip", protocol: "TCP");
        var pods = s.Group("zz-pods", type: "ip", protocol: "TCP", delay: 10);
        var i = s.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { SecondaryCount = 1 }] });
        var address = i.Interfaces[0].Addresses[1].ToString();
        s.World.Compute.Terminate(i.Id);
        await s.Pass(40); // terminated after 30 s; address released
        Assert.Equal("terminated", i.State);
        var other = s.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { Address = address }] });
        s.Register(pods, address);
        await s.Pass(120);
        output.WriteLine($"{address} belongs to {other.Id} ({other.State}); in pods: {string.Join(" | ", s.In(pods))}");
        foreach (var l in s.Log().Where(l => l.Contains("deregistered as", StringComparison.Ordinal))) output.WriteLine(l);
        Assert.Equal([$"{address}:80 healthy"], s.In(pods));
    });

    // Somebody else uses the bucket: up to 30 % of describes are throttled at random.
    [Theory]
    [InlineData(0.2, 1000)]
    [InlineData(0.3, 500)]
    [InlineData(0.3, 1000)]
    public void Throttling_by_others_is_waited_for(double share, int groups) => Scenario.Play(async s =>
    {
        s.World.Throttle.IsOn = true;
        var random = new Random(7);
        for (var n = 0; n < groups; n++) s.Group($"a-{n}", delay: 30);
        var web = s.Group("web", delay: 30);
        var members = Enumerable.Range(0, 50).Select(_ => s.Serve(web)).ToList();
        s.Scale(members, heartbeat: 900);
        s.World.Faults.Add(new FaultRule(Fault.Throttled) { Operation = "DescribeTargetHealth", When = _ => random.NextDouble() < share });
        foreach (var m in members) s.Terminate(m);
        await s.Pass(1500);
        output.WriteLine($"{share:P0} of {groups}: describes {s.Calls("DescribeTargetHealth").Count()} (one sweep needs {groups + 1}), failed messages {s.Metric("MessagesFailed")}, ended {s.Ended().Count()} last at {(s.Journal.Of<LifecycleActionEnded>().Any() ? T(s, s.Journal.Of<LifecycleActionEnded>().Last().At) : -1):0} s");
        Assert.Equal(0, s.Metric("MessagesFailed"));
    }, Scenario.OnlyLifecycleActions());

    // The hook's message is at its last attempt; another message about the same instance is not.
    [Fact]
    public void Each_action_is_given_up_by_its_own_messages() => Scenario.Play(async s =>
    {
        var web = s.Group("web", delay: 30);
        var i = s.Serve(web);
        s.Scale([i], heartbeat: 7200);
        s.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DeregisterTargets" });
        s.Terminate(i);
        // somebody asks again now and then, so that a younger message is always in the hook message's batches
        for (var n = 0; n < 1200; n++) { s.Send(Messages.Drain(i.Id)); await s.Pass(1); }
        await s.Pass(3600);
        var ended = s.Journal.Of<LifecycleActionEnded>().Select(e => $"{e.Result} by {e.By} at {T(s, e.At):0} s").ToList();
        var hookDead = s.Journal.Of<MessageDeadLettered>().Where(d => d.Body.Contains("Lifecycle", StringComparison.Ordinal)).Select(d => $"{T(s, d.At):0} s").ToList();
        output.WriteLine($"hook message dead-lettered at {string.Join(",", hookDead)}; ended: {string.Join(",", ended)}; DrainsGivenUp {s.Metric("DrainsGivenUp")}");
        Assert.Contains(ended, e => e.Contains("by caller", StringComparison.Ordinal));
    }, Scenario.With(("RESULT_GAVE_UP", "CONTINUE"), ("MAX_RECEIVE_COUNT", "5")));

    // Asking for delays does not eat the time that is kept for tickets.
    [Fact]
    public void What_was_taken_out_in_time_is_handed_on() => Scenario.Play(async s =>
    {
        s.World.Throttle.IsOn = true;
        var groups = Enumerable.Range(0, 1300).Select(n => s.Group($"g-{n}", delay: 60)).ToList();
        var members = groups.Select(g => s.Serve(g)).ToList();
        s.Scale(members, heartbeat: 900);
        foreach (var m in members) s.Terminate(m);
        await s.Pass(310);
        var out1 = groups.Count(g => s.In(g).All(t => !t.EndsWith("healthy", StringComparison.Ordinal)));
        var tickets = s.Journal.Of<MessageSent>().Sum(m => m.Body.Split("\"drainTicket\"").Length - 1);
        output.WriteLine($"after the first invocation: {out1} of 1300 instances taken out, {tickets} tickets sent; runs {string.Join(",", s.Journal.Of<InvocationEnded>().Select(r => $"{r.Outcome}({r.Failed}) {r.Billed.TotalSeconds:0}s"))}");
        Assert.True(tickets > out1 / 2, $"{out1} instances were taken out, {tickets} of them handed on");
    }, Scenario.OnlyLifecycleActions());
}
