using System.Net;
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

    private Task<InstanceAnswers> FindAsync(params string[] ids) => new InstanceLookup(bench.Aws.Compute, bench.Api).FindAsync(ids, Urgency.Normal, default);
}
