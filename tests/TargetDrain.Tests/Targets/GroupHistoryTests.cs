using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Emulator.Clock;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class GroupHistoryTests
{
    private readonly VirtualClock clock = new();
    private readonly GroupHistory history;

    public GroupHistoryTests() => history = new GroupHistory(clock);

    [Fact]
    public void A_group_was_there_since_it_was_first_listed() => clock.Run(async () =>
    {
        Assert.False(history.WasListedBefore("a", clock.GetUtcNow()));
        var first = clock.GetUtcNow();
        history.Listed([Group("a")]);
        await PassAsync(10);
        history.Listed([Group("a"), Group("b")]);

        Assert.False(history.WasListedBefore("a", first));
        Assert.True(history.WasListedBefore("a", first.AddSeconds(1)));
        Assert.False(history.WasListedBefore("b", first.AddSeconds(10)));
        Assert.True(history.WasListedBefore("b", first.AddSeconds(11)));
    });

    [Fact]
    public void What_is_found_or_told_of_a_group_changes_nothing_else_of_it() => clock.Run(async () =>
    {
        var first = clock.GetUtcNow();
        history.Listed([Group("a")]);
        await PassAsync(10);
        history.Found("a");
        history.Heard("a");

        Assert.True(history.WasListedBefore("a", first.AddSeconds(1)));
        Assert.Equal(["a"], history.Busy());
    });

    [Fact]
    public void Where_instances_were_found_within_the_hour_is_busy_the_latest_first() => clock.Run(async () =>
    {
        history.Listed([Group("never")]);
        history.Found("a");
        await PassAsync(1);
        history.Found("b");
        Assert.Equal(["b", "a"], history.Busy());
        await PassAsync(3599);
        Assert.Equal(["b"], history.Busy());
        await PassAsync(1);
        Assert.Empty(history.Busy());
    });

    [Fact]
    public void At_most_two_hundred_groups_are_told_as_busy() => clock.Run(async () =>
    {
        for (var n = 0; n < 201; n++)
        {
            history.Found($"{n}");
            await PassAsync(1);
        }
        Assert.Equal(Enumerable.Range(1, 200).Reverse().Select(n => $"{n}"), history.Busy());
    });

    [Fact]
    public void First_are_the_busy_then_those_behind_a_load_balancer() => clock.Run(async () =>
    {
        history.Found("busy");
        history.Listed([Group("quiet")]);
        Assert.Equal([1, 2, 3, 3], new[] { Group("busy"), Group("quiet", "balancer"), Group("idle"), Group("new", []) }.Select(history.RankOf));
        await PassAsync(3600);
        Assert.Equal(3, history.RankOf(Group("busy")));
    });

    [Fact]
    public void More_than_ten_thousand_groups_are_not_remembered()
    {
        var later = clock.GetUtcNow().AddSeconds(1);
        history.Listed(Enumerable.Range(0, 10_000).Select(n => Group($"{n}")));
        history.Listed([Group("one more")]);
        Assert.True(history.WasListedBefore("0", later));
        history.Listed([Group("and another")]);
        Assert.False(history.WasListedBefore("0", later));
        Assert.True(history.WasListedBefore("and another", later));
    }

    private static TargetGroup Group(string arn, params string[] balancers) => new() { TargetGroupArn = arn, LoadBalancerArns = [.. balancers] };

    private Task PassAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), clock);
}
