using System.Net;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class TargetOwnersTests
{
    private static readonly InstanceDescription Ours = new("i-a", "running", "vpc-1", [IPNetwork.Parse("10.0.0.5/32")]);

    [Theory]
    [InlineData("instance", "vpc-1", true)]
    [InlineData("instance", "vpc-2", false)]
    [InlineData("ip", "vpc-1", true)]
    [InlineData("ip", "vpc-2", false)]
    [InlineData("lambda", null, false)]
    [InlineData("alb", "vpc-1", false)]
    public void Only_groups_of_its_vpc_and_of_a_fitting_type_could_hold_it(string type, string? vpc, bool expected) =>
        Assert.Equal(expected, Owners(false, Ours).CouldBeIn(Group(type, vpc)).Any());

    [Fact]
    public void An_instance_that_ec2_no_longer_knows_could_be_in_any_instance_group_and_in_no_ip_group()
    {
        var owners = Owners(false, InstanceDescription.Unknown("i-a"));

        Assert.True(owners.CouldBeIn(Group("instance", "vpc-2")).Any());
        Assert.False(owners.CouldBeIn(Group("ip", "vpc-2")).Any());
    }

    [Fact]
    public void The_same_address_in_another_vpc_is_somebody_else()
    {
        var owners = Owners(false, Ours);

        Assert.Equal("i-a", owners.MatcherFor(Group("ip", "vpc-1"))(new TargetDescription { Id = "10.0.0.5", Port = 80 }));
        Assert.Null(owners.MatcherFor(Group("ip", "vpc-2"))(new TargetDescription { Id = "10.0.0.5", Port = 80, AvailabilityZone = "all" }));
    }

    [Fact]
    public void With_peered_vpcs_a_registration_for_all_zones_counts_and_one_for_a_zone_does_not()
    {
        var owners = Owners(true, Ours);

        Assert.Equal("i-a", owners.MatcherFor(Group("ip", "vpc-2"))(new TargetDescription { Id = "10.0.0.5", AvailabilityZone = "all" }));
        Assert.Null(owners.MatcherFor(Group("ip", "vpc-2"))(new TargetDescription { Id = "10.0.0.5", AvailabilityZone = "us-east-1a" }));
    }

    [Fact]
    public void With_peered_vpcs_an_address_that_two_departing_instances_have_is_nobodys()
    {
        var owners = Owners(true, Ours, Ours with { InstanceId = "i-b", VpcId = "vpc-3" });

        Assert.Null(owners.MatcherFor(Group("ip", "vpc-2"))(new TargetDescription { Id = "10.0.0.5", AvailabilityZone = "all" }));
        Assert.Equal("i-b", owners.MatcherFor(Group("ip", "vpc-3"))(new TargetDescription { Id = "10.0.0.5" }));
    }

    [Fact]
    public void Without_an_address_it_is_in_no_ip_group() => Assert.False(Owners(true, Ours with { Addresses = [] }).CouldBeIn(Group("ip", "vpc-1")).Any());

    private static TargetOwners Owners(bool peeredVpcs, params InstanceDescription[] instances) => new(
        new InstanceAnswers(instances.ToDictionary(instance => instance.InstanceId), new Dictionary<string, string>()), peeredVpcs);

    private static TargetGroup Group(string type, string? vpc) => new() { TargetType = new TargetTypeEnum(type), VpcId = vpc };
}
