using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

public sealed class DisorderTests
{
    public static TheoryData<string> SceneNames => [.. Scenes.All.Keys];

    [Theory]
    [MemberData(nameof(SceneNames))]
    public void Messages_that_come_twice_do_their_work_once(string scene) => Holds(stage =>
    {
        Disorder.Deliver(stage, () => [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(20)]);
        Disorder.RepeatTickets(stage, TimeSpan.FromSeconds(3));
        return Scenes.All[scene](stage);
    });

    [Theory]
    [MemberData(nameof(SceneNames))]
    public void Messages_may_come_in_any_order(string scene) => Holds(stage =>
    {
        var random = new Random(1);
        // Two minutes pass between a Spot warning and the end.
        stage.Ledger.AddressesMayStay = true;
        Disorder.Deliver(stage, () => [TimeSpan.FromSeconds(random.Next(240)), TimeSpan.FromSeconds(random.Next(240))]);
        return Scenes.All[scene](stage);
    });

    [Fact]
    public void Messages_hours_late_find_the_hook_timed_out_and_leave_the_next_owner_of_the_address_alone() => Holds(async stage =>
    {
        Disorder.Deliver(stage, () => [TimeSpan.FromHours(5), TimeSpan.FromHours(7)]);
        stage.Ledger.ActionsMayTimeOut = true;
        // Nobody knew of the instance while EC2 still told its addresses.
        stage.Ledger.AddressesMayStay = true;
        var (web, ip) = (stage.Group("web"), stage.Group("ip", type: "ip"));
        var instance = stage.Serve(web, ip);
        var address = instance.PrivateIpAddress!;
        stage.Scale("web", heartbeat: 600, instance);
        stage.ScaleIn(instance);
        await stage.Pass(3 * 3600);

        stage.World.LoadBalancing.Deregister(ip.Arn, new TargetSpec(address));
        await stage.Pass(3600);
        var next = stage.Launch(new() { Interfaces = [new() { Address = address }] });
        stage.Register(ip, next);
        await stage.Pass(10 * 3600);

        Assert.Equal("healthy", Assert.Single(stage.World.LoadBalancing.Targets(ip.Arn)).Health.State);
        Assert.Equal("heartbeat timeout", Assert.Single(stage.World.Journal.Of<LifecycleActionEnded>()).By);
    });

    [Fact]
    public void A_ticket_hours_late_leaves_an_instance_alone_that_serves_again() => Holds(async stage =>
    {
        Disorder.RepeatTickets(stage, TimeSpan.FromHours(6));
        Disorder.Deliver(stage, () => [TimeSpan.Zero]);
        var group = stage.Group("web", delay: 60);
        var instance = stage.Serve(group);
        stage.Scale("web", heartbeat: 3600, instance);
        stage.ToWarmPool(instance);
        await stage.Pass(3600);
        Assert.Empty(stage.World.LoadBalancing.Targets(group.Arn));

        stage.World.Compute.Start(instance.Id);
        stage.Ledger.Returns(instance);
        stage.Register(group, instance);
        await stage.Pass(10 * 3600);

        Assert.Equal("healthy", Assert.Single(stage.World.LoadBalancing.Targets(group.Arn)).Health.State);
    });

    private static void Holds(Func<Stage, Task> play) => Assert.Empty(Stage.Play(play, Disorder.Undelivered, latency: TimeSpan.FromMilliseconds(20)));
}
