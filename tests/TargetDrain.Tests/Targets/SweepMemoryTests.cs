using TargetDrain.Calls;
using TargetDrain.Emulator.Clock;
using TargetDrain.Events;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class SweepMemoryTests
{
    private const string Id = "i-0123456789abcdef0";

    private readonly VirtualClock clock = new();
    private readonly SweepMemory memory;

    public SweepMemoryTests() => memory = new SweepMemory(clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public void An_unknown_instance_is_looked_for_everywhere() => Assert.Equal(SweepScope.Everything, memory.ScopeFor(Case(InstanceEnd.UnderWay)));

    [Fact]
    public void An_event_older_than_the_sweep_needs_nothing_and_one_about_as_old_does()
    {
        memory.Swept(Id, Now, []);

        Assert.Equal(Extent.Nothing, memory.ScopeFor(Case(InstanceEnd.Announced, secondsAgo: 2)).Extent);
        Assert.Equal(Extent.Everything, memory.ScopeFor(Case(InstanceEnd.Announced, secondsAgo: 1)).Extent);
    }

    [Fact]
    public void A_termination_after_the_sweep_is_followed_up_where_the_instance_was()
    {
        memory.Swept(Id, Now, ["arn:was"]);

        var scope = memory.ScopeFor(Case(InstanceEnd.UnderWay));

        Assert.Equal(Extent.FollowUp, scope.Extent);
        Assert.Equal(["arn:was"], scope.HeldBy);
    }

    [Fact]
    public void An_instance_that_can_still_be_registered_is_looked_for_everywhere()
    {
        memory.Swept(Id, Now, []);

        Assert.Equal(SweepScope.Everything, memory.ScopeFor(Case(InstanceEnd.Unknown)));
        Assert.Equal(SweepScope.Everything, memory.ScopeFor(Case(InstanceEnd.Announced)));
    }

    [Fact]
    public void An_action_that_waits_needs_the_whole_picture()
    {
        memory.Swept(Id, Now, []);
        var waiting = Case(InstanceEnd.Announced, secondsAgo: 60) with { Actions = [new LifecycleAction("web", "target-drain", "token", Now)] };

        Assert.Equal(SweepScope.Everything, memory.ScopeFor(waiting));
    }

    [Fact]
    public void A_drained_instance_is_followed_up_for_two_minutes() => clock.Run(async () =>
    {
        memory.Drained(Id, Now);
        Assert.Equal(Extent.FollowUp, memory.ScopeFor(Case(InstanceEnd.UnderWay)).Extent);
        await Task.Delay(TimeSpan.FromSeconds(121), clock);
        Assert.Equal(Extent.Everything, memory.ScopeFor(Case(InstanceEnd.UnderWay)).Extent);
    });

    [Fact]
    public void A_sweep_is_forgotten_after_a_quarter_of_an_hour() => clock.Run(async () =>
    {
        memory.Swept(Id, Now, []);
        await Task.Delay(TimeSpan.FromMinutes(16), clock);
        Assert.Equal(Extent.Everything, memory.ScopeFor(Case(InstanceEnd.UnderWay)).Extent);
        memory.Swept("i-0000000000000000f", Now, []);
        Assert.Equal(1, memory.Count);
    });

    [Fact]
    public void It_never_holds_more_than_its_limit_and_forgets_the_oldest_first()
    {
        for (var i = 0; i < SweepMemory.MostInstances + 5; i++) memory.Swept($"i-{i}", Now, []);

        Assert.Equal(SweepMemory.MostInstances, memory.Count);
        Assert.Equal(Extent.Everything, memory.ScopeFor(Case(InstanceEnd.UnderWay) with { InstanceId = "i-0" }).Extent);
        Assert.Equal(Extent.FollowUp, memory.ScopeFor(Case(InstanceEnd.UnderWay) with { InstanceId = "i-5" }).Extent);
    }

    private InstanceCase Case(InstanceEnd end, int secondsAgo = 0) =>
        new(Id, Urgency.Critical, Now.AddSeconds(-secondsAgo), Now.AddSeconds(-secondsAgo), end, [], []);
}
