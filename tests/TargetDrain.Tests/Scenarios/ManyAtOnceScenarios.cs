using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

/// <summary>Storms so large that no invocation and no environment can do it all.</summary>
public sealed class ManyAtOnceScenarios
{
    private const string Describe = "DescribeTargetHealth";

    [Fact]
    public void What_an_invocation_has_no_time_to_complete_is_completed_by_the_next_without_another_look() => Scenario.Play(async s =>
    {
        var web = s.Group("web", delay: 60);
        var members = s.World.Compute.RunInstances(new InstanceSpec(), 700);
        foreach (var member in members) s.Register(web, member.Id);
        s.Scale(members);
        foreach (var member in members) s.Terminate(member);
        await s.Pass(300);

        Assert.Equal(Enumerable.Repeat("CONTINUE by caller", 700), s.Ended());
        Assert.Equal(2, s.Calls(Describe, web));
        Assert.InRange(s.Journal.Of<InvocationStarted>().Count(), 3, 10);
        Assert.All(s.Journal.Of<InvocationEnded>(), run => Assert.Equal("ok", run.Outcome));
    }, Scenario.OnlyLifecycleActions() with { Timeout = TimeSpan.FromSeconds(30) });

    // While one environment lets go of them for half a minute, the others read that they shut down.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_environment_that_was_told_does_not_look_for_what_is_out_already(bool told) => Scenario.Play(async s =>
    {
        if (!told) s.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "ReceiveMessage" });
        var web = s.Group("web", delay: 60);
        var members = s.World.Compute.RunInstances(new InstanceSpec(), 700);
        foreach (var member in members) s.Register(web, member.Id);
        s.Scale(members);
        foreach (var member in members) s.Terminate(member);
        await s.Pass(400);

        Assert.Equal(Enumerable.Repeat("CONTINUE by caller", 700), s.Ended());
        Assert.Equal(700, s.Metric("Notices.StateChange"));
        if (told) Assert.Equal(2, s.Calls(Describe, web));
        else Assert.InRange(s.Calls(Describe, web), 3, 100);
    });

    [Fact]
    public void A_look_that_takes_longer_than_an_invocation_goes_on_in_the_next() => Scenario.Play(async s =>
    {
        s.World.Throttle.IsOn = true;
        var groups = Enumerable.Range(0, 1000).Select(n => s.Group($"g-{n:d4}", delay: 60)).ToList();
        var instance = s.Serve(groups[0], groups[999]);
        s.Scale([instance]);
        s.Terminate(instance);
        await s.Pass(600);

        Assert.Equal(["CONTINUE by caller"], s.Ended());
        // One to take it out, one to learn how long it drains, which begins anew while it does, and one that finds it gone.
        Assert.InRange(s.Calls(Describe).Count(call => call.ErrorCode is null), 3000, 4000);
    }, Scenario.OnlyLifecycleActions() with { Timeout = TimeSpan.FromSeconds(15) });
}
