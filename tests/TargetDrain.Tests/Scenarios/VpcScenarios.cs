using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class VpcScenarios
{
    private const string Shared = "172.31.0.77";

    [Fact]
    public void The_same_address_in_another_vpc_is_never_touched() => Scenario.Play(async scenario =>
    {
        var (mine, twin, twinVpc) = Twins(scenario);
        var (ours, theirs) = (scenario.Group("ours", type: "ip"), scenario.Group("theirs", type: "ip", vpc: twinVpc));
        scenario.Register(ours, Shared);
        scenario.Register(theirs, Shared);
        Assert.Equal(mine.PrivateIpAddress, twin.PrivateIpAddress);

        scenario.World.Compute.Terminate(mine.Id);
        await scenario.Pass(10);

        Assert.Equal([$"{Shared}:80 draining"], scenario.In(ours));
        Assert.Equal([$"{Shared}:80 healthy"], scenario.In(theirs));
        Assert.Equal(0, scenario.Calls("DescribeTargetHealth", theirs));
    });

    [Fact]
    public void Twins_that_die_together_each_leave_their_own_group() => Scenario.Play(async scenario =>
    {
        var (mine, twin, twinVpc) = Twins(scenario);
        var (ours, theirs) = (scenario.Group("ours", type: "ip"), scenario.Group("theirs", type: "ip", vpc: twinVpc));
        scenario.Register(ours, Shared);
        scenario.Register(theirs, Shared);

        scenario.World.Compute.Terminate(mine.Id);
        scenario.World.Compute.Terminate(twin.Id);
        await scenario.Pass(10);

        Assert.Contains(scenario.Log(), line => line.Contains($"{mine.Id} deregistered as {Shared}:80 from {ours.Arn}", StringComparison.Ordinal));
        Assert.Contains(scenario.Log(), line => line.Contains($"{twin.Id} deregistered as {Shared}:80 from {theirs.Arn}", StringComparison.Ordinal));
    });

    [Fact]
    public void Instance_groups_of_another_vpc_are_never_described() => Scenario.Play(async scenario =>
    {
        var elsewhere = scenario.Group("elsewhere", vpc: scenario.World.Compute.CreateVpc("10.0.0.0/16").Id);
        var instance = scenario.Serve(scenario.Group("here"));

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(10);

        Assert.Equal(0, scenario.Calls("DescribeTargetHealth", elsewhere));
    });

    [Theory]
    [InlineData(false, "all", "healthy")]
    [InlineData(true, "all", "draining")]
    [InlineData(true, "us-east-1a", "healthy")]
    public void A_group_of_a_peered_vpc_counts_only_when_switched_on_and_registered_for_all_zones(bool on, string zone, string state) =>
        Scenario.Play(async scenario =>
        {
            var peered = scenario.Group("peered", type: "ip", vpc: scenario.World.Compute.CreateVpc("10.0.0.0/16").Id, protocol: "TCP");
            var instance = scenario.World.Compute.RunInstance();
            scenario.World.LoadBalancing.Register(peered.Arn, new TargetSpec(instance.PrivateIpAddress!) { AvailabilityZone = zone });

            scenario.World.Compute.Terminate(instance.Id);
            await scenario.Pass(5);

            Assert.Equal([$"{instance.PrivateIpAddress}:80 {state}"], scenario.In(peered));
            Assert.Equal(on ? 1 : 0, scenario.Calls("DescribeTargetHealth", peered));
        }, Scenario.With(("PEERED_VPCS", on ? "true" : "false")));

    [Fact]
    public void An_address_that_two_dying_instances_could_mean_is_left_alone_in_a_third_vpc() => Scenario.Play(async scenario =>
    {
        var (mine, twin, _) = Twins(scenario);
        var third = scenario.Group("third", type: "ip", vpc: scenario.World.Compute.CreateVpc("10.0.0.0/16").Id);
        scenario.World.LoadBalancing.Register(third.Arn, new TargetSpec(Shared) { AvailabilityZone = "all" });

        scenario.World.Compute.Terminate(mine.Id);
        scenario.World.Compute.Terminate(twin.Id);
        await scenario.Pass(5);

        Assert.Equal([$"{Shared}:80 healthy"], scenario.In(third));
    }, Scenario.With(("PEERED_VPCS", "true")));

    /// <summary>Two instances with one address in two VPCs.</summary>
    private static (Instance Mine, Instance Twin, string TwinVpc) Twins(Scenario scenario)
    {
        var compute = scenario.World.Compute;
        var vpc = compute.CreateVpc("172.31.0.0/16");
        var subnet = compute.CreateSubnet(vpc.Id, "172.31.0.0/20");
        Instance Run(string? subnetId) =>
            compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { SubnetId = subnetId, Address = Shared }] });
        return (Run(null), Run(subnet.Id), vpc.Id);
    }
}
