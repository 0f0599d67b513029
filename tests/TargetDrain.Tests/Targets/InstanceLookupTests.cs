using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using TargetDrain.Calls;
using TargetDrain.Emulator.Compute;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class InstanceLookupTests
{
    private readonly Workbench bench = new();

    [Fact]
    public void Every_address_and_prefix_of_every_interface_is_its_own() => bench.Clock.Run(async () =>
    {
        var instance = bench.World.Compute.RunInstance(new InstanceSpec
        {
            Interfaces = [new InterfaceSpec { SecondaryCount = 2 }, new InterfaceSpec { Ipv4Prefixes = ["172.31.7.0/28"] }],
            Tags = new Dictionary<string, string> { ["Name"] = "one" },
        });

        var answer = await FindAsync(instance.Id);

        var expected = instance.Interfaces.SelectMany(card => card.Addresses).Select(AddressIndex.Single).Append(IPNetwork.Parse("172.31.7.0/28"));
        var found = answer.Instances[instance.Id];
        Assert.Equal(expected.Select(one => $"{one}").Order(), found.Addresses.Select(one => $"{one}").Order());
        Assert.Equal(("running", instance.VpcId), (found.State, found.VpcId));
        Assert.Equal(["Name=one"], found.Tags.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Empty(answer.Problems);
    });

    // EC2 returns addresses only for a while.
    [Fact]
    public void Of_one_that_is_gone_or_was_never_there_nothing_is_known() => bench.Clock.Run(async () =>
    {
        var instance = bench.World.Compute.RunInstance();
        bench.World.Compute.Terminate(instance.Id);
        await bench.Pass(60);

        var answer = await FindAsync(instance.Id, "i-0123456789abcdef0");

        Assert.Equal(("terminated", (string?)null, 0), (answer.Instances[instance.Id].State, answer.Instances[instance.Id].VpcId, answer.Instances[instance.Id].Addresses.Count));
        var unknown = answer.Instances["i-0123456789abcdef0"];
        Assert.Equal(((string?)null, (string?)null, 0, 0), (unknown.State, unknown.VpcId, unknown.Addresses.Count, unknown.Tags.Count));
        Assert.Empty(answer.Problems);
    });

    [Fact]
    public void Two_hundred_are_asked_for_in_a_call_and_one_that_fails_harms_no_other() => bench.Clock.Run(async () =>
    {
        string[] ids = [.. bench.World.Compute.RunInstances(new InstanceSpec(), 201).Select(instance => instance.Id)];
        Assert.All((await FindAsync(ids)).Instances.Values, one => Assert.Equal("running", one.State));
        Assert.Equal(2, bench.Calls("DescribeInstances"));

        bench.Fail("DescribeInstances", times: 1);
        var answer = await FindAsync(ids);
        Assert.Equal(201, answer.Instances.Count);
        Assert.Equal(ids[..200].Order(), answer.Problems.Keys.Order());
        Assert.All(answer.Problems.Values, why => Assert.StartsWith("DescribeInstances: UnauthorizedOperation", why, StringComparison.Ordinal));
        Assert.Equal("running", answer.Instances[ids[200]].State);
        Assert.Null(answer.Instances[ids[0]].State);
    });

    // It takes its addresses to another host; one that goes down with its instance does not.
    [Fact]
    public void An_interface_that_is_moved_away_no_longer_counts() => bench.Clock.Run(async () =>
    {
        var instance = bench.World.Compute.RunInstance();
        var second = bench.World.Compute.AttachNetworkInterface(instance.Id);
        Assert.Equal(2, (await FindAsync(instance.Id)).Instances[instance.Id].Addresses.Count);

        bench.World.Compute.DetachNetworkInterface(second.Id);
        Assert.Equal([$"{instance.PrivateIpAddress}/32"], (await FindAsync(instance.Id)).Instances[instance.Id].Addresses.Select(one => $"{one}"));
        bench.World.Compute.Terminate(instance.Id);
        Assert.Contains($"{instance.PrivateIpAddress}/32", (await FindAsync(instance.Id)).Instances[instance.Id].Addresses.Select(one => $"{one}"));
    });

    [Theory]
    [InlineData("attached", "running", true)]
    [InlineData("attaching", "running", true)]
    [InlineData("detaching", "running", false)]
    [InlineData("detached", "running", false)]
    [InlineData("detaching", "shutting-down", true)]
    [InlineData("detaching", "terminated", true)]
    [InlineData("detached", "shutting-down", false)]
    [InlineData(null, "running", true)]
    public void One_that_goes_down_with_its_instance_still_counts(string? status, string state, bool counts) => bench.Clock.Run(async () =>
    {
        var card = new InstanceNetworkInterface { PrivateIpAddress = "10.0.0.6", Attachment = status is null ? null : new InstanceNetworkInterfaceAttachment { Status = status } };
        var found = await ToldAsync(new Amazon.EC2.Model.Instance { State = new InstanceState { Name = state }, NetworkInterfaces = [card] });

        Assert.Equal(counts ? ["10.0.0.6/32"] : [], found.Addresses.Select(one => $"{one}"));
        Assert.Equal(state, found.State);
    });

    // EC2 says less and less of an instance that is going away.
    [Fact]
    public void What_EC2_says_in_one_place_alone_counts() => bench.Clock.Run(async () =>
    {
        Assert.Equal(["10.0.0.5/32"], (await ToldAsync(new Amazon.EC2.Model.Instance { PrivateIpAddress = "10.0.0.5" })).Addresses.Select(one => $"{one}"));
        var cards = new List<InstanceNetworkInterface>
        {
            new() { PrivateIpAddresses = [new InstancePrivateIpAddress { PrivateIpAddress = "10.0.0.7" }] },
            new() { Ipv6Addresses = [new InstanceIpv6Address { Ipv6Address = "2001:db8::5" }] },
            new() { Ipv4Prefixes = [new InstanceIpv4Prefix { Ipv4Prefix = "10.0.1.16/28" }] },
            new() { Ipv6Prefixes = [new InstanceIpv6Prefix { Ipv6Prefix = "2001:db8:1::/80" }], PrivateIpAddress = "" },
        };
        Assert.Equal(
            ["10.0.0.7/32", "10.0.1.16/28", "2001:db8:1::/80", "2001:db8::5/128"],
            (await ToldAsync(new Amazon.EC2.Model.Instance { NetworkInterfaces = cards })).Addresses.Select(one => $"{one}").Order());
    });

    [Theory]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("vpc-1", "vpc-1")]
    public void An_empty_vpc_is_none(string? told, string? vpc) => bench.Clock.Run(async () =>
        Assert.Equal(vpc, (await ToldAsync(new Amazon.EC2.Model.Instance { VpcId = told })).VpcId));

    private async Task<InstanceDescription> ToldAsync(Amazon.EC2.Model.Instance instance)
    {
        instance.InstanceId = "i-1";
        using var ec2 = new Told(instance);
        return (await new InstanceLookup(ec2, bench.Api).FindAsync(["i-1"], Urgency.Normal, default)).Instances["i-1"];
    }

    /// <summary>Says of one instance what it is told to.</summary>
    private sealed class Told(Amazon.EC2.Model.Instance instance)
        : AmazonEC2Client(new Amazon.Runtime.BasicAWSCredentials("key", "secret"), Amazon.RegionEndpoint.USEast1)
    {
        public override Task<DescribeInstancesResponse> DescribeInstancesAsync(DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new DescribeInstancesResponse
            {
                Reservations = [new Reservation { Instances = [instance] }], ResponseMetadata = new Amazon.Runtime.ResponseMetadata { RequestId = "1" },
            });
    }

    private Task<InstanceAnswers> FindAsync(params string[] ids) => new InstanceLookup(bench.Aws.Compute, bench.Api).FindAsync(ids, Urgency.Normal, default);
}
