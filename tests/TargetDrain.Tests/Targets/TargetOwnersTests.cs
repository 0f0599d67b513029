using System.Net;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class TargetOwnersTests
{
    private static readonly DyingInstance Ours = new("i-a", "vpc-1", [IPNetwork.Parse("10.0.0.5/32")]);

    [Theory]
    [InlineData("instance", "vpc-1", true)]
    [InlineData("instance", "vpc-2", false)]
    [InlineData("ip", "vpc-1", true)]
    [InlineData("ip", "vpc-2", false)]
    [InlineData("lambda", null, false)]
    [InlineData("alb", "vpc-1", false)]
    public void Only_groups_of_its_vpc_and_of_a_fitting_type_could_hold_it(string type, string? vpc, bool expected) =>
        Assert.Equal(expected, new TargetOwners([Ours], peeredVpcs: false).CouldBeIn(Group(type, vpc)));

    [Fact]
    public void An_instance_that_ec2_no_longer_knows_could_be_in_any_instance_group_and_in_no_ip_group()
    {
        var owners = new TargetOwners([DyingInstance.WithoutAddresses("i-a")], peeredVpcs: false);

        Assert.True(owners.CouldBeIn(Group("instance", "vpc-2")));
        Assert.False(owners.CouldBeIn(Group("ip", "vpc-2")));
    }

    [Fact]
    public void The_same_address_in_another_vpc_is_somebody_else()
    {
        var owners = new TargetOwners([Ours], peeredVpcs: false);

        Assert.Equal("i-a", owners.OwnerOf(Group("ip", "vpc-1"), new TargetDescription { Id = "10.0.0.5", Port = 80 }));
        Assert.Null(owners.OwnerOf(Group("ip", "vpc-2"), new TargetDescription { Id = "10.0.0.5", Port = 80, AvailabilityZone = "all" }));
    }

    [Fact]
    public void With_peered_vpcs_a_registration_for_all_zones_counts_and_one_for_a_zone_does_not()
    {
        var owners = new TargetOwners([Ours], peeredVpcs: true);

        Assert.Equal("i-a", owners.OwnerOf(Group("ip", "vpc-2"), new TargetDescription { Id = "10.0.0.5", AvailabilityZone = "all" }));
        Assert.Null(owners.OwnerOf(Group("ip", "vpc-2"), new TargetDescription { Id = "10.0.0.5", AvailabilityZone = "us-east-1a" }));
    }

    [Fact]
    public void With_peered_vpcs_an_address_that_two_dying_instances_have_is_nobodys()
    {
        var owners = new TargetOwners([Ours, new("i-b", "vpc-3", Ours.Addresses)], peeredVpcs: true);

        Assert.Null(owners.OwnerOf(Group("ip", "vpc-2"), new TargetDescription { Id = "10.0.0.5", AvailabilityZone = "all" }));
        Assert.Equal("i-b", owners.OwnerOf(Group("ip", "vpc-3"), new TargetDescription { Id = "10.0.0.5" }));
    }

    [Fact]
    public void A_follow_up_looks_where_the_instance_was_and_wherever_addresses_are()
    {
        var owners = new TargetOwners([Ours], peeredVpcs: false, new Dictionary<string, IReadOnlyCollection<string>> { ["i-a"] = ["arn:was"] });

        Assert.True(owners.CouldBeIn(Group("instance", "vpc-1", "arn:was")));
        Assert.False(owners.CouldBeIn(Group("instance", "vpc-1", "arn:other")));
        Assert.True(owners.CouldBeIn(Group("ip", "vpc-1", "arn:other")));
    }

    [Fact]
    public void A_follow_up_does_not_narrow_the_search_for_another_instance()
    {
        var followUps = new Dictionary<string, IReadOnlyCollection<string>> { ["i-a"] = [] };
        var owners = new TargetOwners([Ours, new("i-b", "vpc-1", [])], peeredVpcs: false, followUps);

        Assert.True(owners.CouldBeIn(Group("instance", "vpc-1", "arn:other")));
        Assert.Equal("i-a", owners.OwnerOf(Group("instance", "vpc-1"), new TargetDescription { Id = "i-a" }));
    }

    private static TargetGroup Group(string type, string? vpc, string? arn = null) =>
        new() { TargetType = new TargetTypeEnum(type), VpcId = vpc, TargetGroupArn = arn };
}
