using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class LoadBalancingTests
{
    private const string Elb = "elasticloadbalancing";
    private readonly VirtualClock clock = new();
    private readonly World world;

    public LoadBalancingTests() => world = new World(clock);

    [Fact]
    public void A_deregistered_target_drains_for_the_whole_delay_and_is_then_absent() => clock.Run(async () =>
    {
        // "the status of the target is displayed as draining until the deregistration delay timeout expires"
        var (group, id) = Registered();
        await world.CallAsync(Elb, "DeregisterTargets", Group(group), ("Targets.member.1.Id", id));
        await Task.Delay(TimeSpan.FromSeconds(299.9), clock);
        Assert.Equal([$"{id}:80 draining/Target.DeregistrationInProgress"], await HealthAsync(group));
        await Task.Delay(TimeSpan.FromSeconds(0.1), clock);
        Assert.Empty(await HealthAsync(group));
        Assert.Equal(["registered", "draining", "gone"], world.Journal.Of<TargetChanged>().Select(change => change.State));
    });

    [Fact]
    public void Deregistering_without_the_port_of_an_override_is_answered_with_success_and_does_nothing() => clock.Run(async () =>
    {
        // The silent no-op seen in the field: 200, and the target stays.
        var (group, id) = Registered(8080);
        await world.CallAsync(Elb, "DeregisterTargets", Group(group), ("Targets.member.1.Id", id));
        Assert.Equal([$"{id}:8080 healthy"], await HealthAsync(group));
        await world.CallAsync(
            Elb, "DeregisterTargets", Group(group), ("Targets.member.1.Id", id), ("Targets.member.1.Port", "8080"));
        Assert.Equal([$"{id}:8080 draining/Target.DeregistrationInProgress"], await HealthAsync(group));
    });

    [Fact]
    public void Deregistering_again_does_not_start_the_delay_anew() => clock.Run(async () =>
    {
        var (group, id) = Registered();
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(id));
        await Task.Delay(TimeSpan.FromSeconds(200), clock);
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(id));
        await Task.Delay(TimeSpan.FromSeconds(100), clock);
        Assert.Empty(await HealthAsync(group));
    });

    [Fact]
    public void Deregistering_what_is_not_there_succeeds() => clock.Run(async () =>
    {
        // "If the specified target does not exist, the action returns successfully."
        var (group, _) = Registered();
        await world.CallAsync(Elb, "DeregisterTargets", Group(group), ("Targets.member.1.Id", "i-12345678901234567"));
    });

    [Fact]
    public void A_filtered_query_about_something_unknown_answers_not_registered_on_the_port_of_the_group() => clock.Run(async () =>
    {
        // Seen on AWS itself: 200, Port filled in, no InvalidTarget.
        var (group, _) = Registered();
        Assert.Equal(
            ["i-12345678901234567:80 unused/Target.NotRegistered"],
            await HealthAsync(group, ("Targets.member.1.Id", "i-12345678901234567")));
    });

    [Fact]
    public void A_terminated_instance_leaves_without_draining_but_a_filtered_query_calls_it_draining_for_ever() => clock.Run(async () =>
    {
        // Seen on AWS itself: "Terminated instances are marked as 'draining' until eternity".
        var (group, id) = Registered();
        world.Compute.Terminate(id);
        await Task.Delay(world.Options.ShutdownTime, clock);
        Assert.Empty(await HealthAsync(group));
        await Task.Delay(TimeSpan.FromHours(2), clock);
        Assert.Equal(
            [$"{id}:80 draining/Target.DeregistrationInProgress"], await HealthAsync(group, ("Targets.member.1.Id", id)));
    });

    [Fact]
    public void A_stopped_instance_stays_registered_as_unused() => clock.Run(async () =>
    {
        var (group, id) = Registered();
        world.Compute.Stop(id);
        await Task.Delay(world.Options.StopTime, clock);
        Assert.Equal([$"{id}:80 unused/Target.InvalidState"], await HealthAsync(group));
    });

    [Fact]
    public void An_ip_target_outlives_its_instance_and_serves_whoever_gets_the_address() => clock.Run(async () =>
    {
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { TargetType = "ip" });
        var instance = world.Compute.RunInstance();
        var address = instance.PrivateIpAddress!;
        world.LoadBalancing.Register(group.Arn, new TargetSpec(address));
        world.Compute.Terminate(instance.Id);
        await Task.Delay(world.Options.ShutdownTime, clock);
        Assert.Equal([$"{address}:80 unhealthy/Target.Timeout"], await HealthAsync(group));
        world.Compute.RunInstance(new() { Interfaces = [new() { Address = address }] });
        Assert.Equal([$"{address}:80 healthy"], await HealthAsync(group));
    });

    [Fact]
    public void An_address_inside_the_vpc_gets_the_zone_of_its_subnet_and_one_outside_needs_a_zone() => clock.Run(async () =>
    {
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { TargetType = "ip" });
        var inside = world.Compute.Subnets[1].Cidr.BaseAddress.ToString().Replace(".0", ".9", StringComparison.Ordinal);
        world.LoadBalancing.Register(group.Arn, new TargetSpec(inside), new TargetSpec("10.9.9.9") { AvailabilityZone = "all" });
        Assert.Equal(["us-east-1b", "all"], world.LoadBalancing.Targets(group.Arn).Select(status => status.Target.AvailabilityZone));
        Assert.Equal(
            (400, "ValidationError"),
            await world.FailAsync(Elb, "RegisterTargets", Group(group), ("Targets.member.1.Id", "10.9.9.10")));
    });

    [Fact]
    public void An_ip_target_must_finish_draining_before_an_application_load_balancer_takes_it_again() => clock.Run(async () =>
    {
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { TargetType = "ip" });
        var target = new TargetSpec("10.9.9.9") { AvailabilityZone = "all" };
        world.LoadBalancing.Register(group.Arn, target);
        world.LoadBalancing.Deregister(group.Arn, target);
        Assert.Throws<AwsErrorException>(() => world.LoadBalancing.Register(group.Arn, target));
        await Task.Delay(TimeSpan.FromSeconds(300), clock);
        world.LoadBalancing.Register(group.Arn, target);
        Assert.Equal(["10.9.9.9:80 healthy"], await HealthAsync(group));
    });

    [Fact]
    public void An_instance_registered_while_it_drains_is_back_for_good() => clock.Run(async () =>
    {
        var (group, id) = Registered();
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(id));
        await Task.Delay(TimeSpan.FromSeconds(100), clock);
        world.LoadBalancing.Register(group.Arn, new TargetSpec(id));
        await Task.Delay(TimeSpan.FromSeconds(300), clock);
        Assert.Equal([$"{id}:80 healthy"], await HealthAsync(group));
    });

    [Fact]
    public void Only_running_instances_of_the_same_vpc_can_be_registered() => clock.Run(async () =>
    {
        var (group, id) = Registered();
        var elsewhere = world.Compute.CreateSubnet(world.Compute.CreateVpc("10.0.0.0/16").Id, "10.0.0.0/24");
        var stranger = world.Compute.RunInstance(new() { SubnetId = elsewhere.Id });
        world.Compute.Terminate(id);
        foreach (var bad in new[] { id, stranger.Id, "i-12345678901234567" })
            Assert.Equal(
                (400, "InvalidTarget"), await world.FailAsync(Elb, "RegisterTargets", Group(group), ("Targets.member.1.Id", bad)));
    });

    [Fact]
    public void A_quic_target_carries_its_server_id() => clock.Run(async () =>
    {
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("quic") { Protocol = "QUIC", Port = 443 });
        var id = world.Compute.RunInstance().Id;
        Assert.Equal(
            (400, "ValidationError"), await world.FailAsync(Elb, "RegisterTargets", Group(group), ("Targets.member.1.Id", id)));
        world.LoadBalancing.Register(group.Arn, new TargetSpec(id) { QuicServerId = "0x0123456789abcdef" });
        var answer = await world.CallAsync(Elb, "DescribeTargetHealth", Group(group));
        Assert.Equal("0x0123456789abcdef", answer.Value("QuicServerId"));
    });

    [Fact]
    public void A_group_without_a_listener_is_unused_yet_its_targets_drain_all_the_same() => clock.Run(async () =>
    {
        var id = world.Compute.RunInstance().Id;
        var created = await world.CallAsync(
            Elb, "CreateTargetGroup", ("Name", "web"), ("Protocol", "HTTP"), ("Port", "80"), ("VpcId", world.Compute.DefaultVpc.Id));
        var group = world.LoadBalancing.Find(created.Value("TargetGroupArn")!);
        world.LoadBalancing.Register(group.Arn, new TargetSpec(id));
        Assert.Equal([$"{id}:80 unused/Target.NotInUse"], await HealthAsync(group));
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(id));
        Assert.Equal([$"{id}:80 draining/Target.DeregistrationInProgress"], await HealthAsync(group));
        var balancer = world.LoadBalancing.CreateLoadBalancer("lb");
        world.LoadBalancing.CreateListener(balancer.Arn, "HTTP", 80, group.Arn);
        world.LoadBalancing.Register(group.Arn, new TargetSpec(id));
        Assert.Equal([$"{id}:80 healthy"], await HealthAsync(group));
    });

    [Fact]
    public void Every_health_can_be_forced_and_draining_overrides_it() => clock.Run(async () =>
    {
        var (group, id) = Registered();
        foreach (var health in new[]
                 {
                     Health.Initial, Health.FailedHealthChecks, Health.UnhealthyDraining, Health.Unavailable, Health.NotInUse, Health.IpUnusable,
                 })
        {
            world.LoadBalancing.SetHealth(group.Arn, new TargetSpec(id), health);
            Assert.Equal([$"{id}:80 {health.State}/{health.Reason}"], await HealthAsync(group));
        }
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(id));
        Assert.Equal([$"{id}:80 draining/Target.DeregistrationInProgress"], await HealthAsync(group));
    });

    [Fact]
    public void A_deleted_group_is_not_found_even_while_it_drains() => clock.Run(async () =>
    {
        var (group, id) = Registered();
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(id));
        world.LoadBalancing.DeleteTargetGroup(group.Arn);
        Assert.Equal((400, "TargetGroupNotFound"), await world.FailAsync(Elb, "DescribeTargetHealth", Group(group)));
        Assert.Equal((400, "TargetGroupNotFound"), await world.FailAsync(Elb, "DescribeTags", ("ResourceArns.member.1", group.Arn)));
        await Task.Delay(TimeSpan.FromSeconds(301), clock);
    });

    [Fact]
    public void Target_groups_come_in_pages_that_survive_a_deletion_between_them() => clock.Run(async () =>
    {
        var groups = Enumerable.Range(0, 7).Select(n => world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec($"g{n}"))).ToList();
        var first = await world.CallAsync(Elb, "DescribeTargetGroups", ("PageSize", "3"));
        world.LoadBalancing.DeleteTargetGroup(groups[1].Arn);
        var second = await world.CallAsync(Elb, "DescribeTargetGroups", ("PageSize", "4"), ("Marker", first.Value("NextMarker")!));
        Assert.Equal(["g3", "g4", "g5", "g6"], second.Descendants("TargetGroupName").Select(name => name.Value));
        Assert.Null(second.Value("NextMarker"));
    });

    [Fact]
    public void A_lambda_group_has_no_deregistration_delay() => clock.Run(async () =>
    {
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("fn") { TargetType = "lambda" });
        var answer = await world.CallAsync(Elb, "DescribeTargetGroupAttributes", Group(group));
        Assert.DoesNotContain("deregistration_delay.timeout_seconds", answer.Descendants("Key").Select(key => key.Value));
    });

    [Fact]
    public void Tags_of_at_most_twenty_resources_are_described_at_once() => clock.Run(async () =>
    {
        var arn = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web") { Tags = new Dictionary<string, string> { ["a"] = "<&>" } }).Arn;
        var answer = await world.CallAsync(Elb, "DescribeTags", ("ResourceArns.member.1", arn));
        Assert.Equal("<&>", answer.Value("Value"));
        var many = Enumerable.Range(1, 21).Select(n => ($"ResourceArns.member.{n}", arn)).ToArray();
        Assert.Equal((400, "ValidationError"), await world.FailAsync(Elb, "DescribeTags", many));
    });

    private (TargetGroup Group, string Id) Registered(int? port = null)
    {
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web"));
        var id = world.Compute.RunInstance().Id;
        world.LoadBalancing.Register(group.Arn, new TargetSpec(id, port));
        return (group, id);
    }

    private async Task<List<string>> HealthAsync(TargetGroup group, params (string, string)[] more)
    {
        var answer = await world.CallAsync(Elb, "DescribeTargetHealth", [Group(group), .. more]);
        return [.. answer.Healths()];
    }

    private static (string, string) Group(TargetGroup group) => ("TargetGroupArn", group.Arn);
}
