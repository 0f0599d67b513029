using System.Text.Json.Nodes;
using System.Xml.Linq;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class ComputeTests
{
    private readonly VirtualClock clock = new();
    private readonly World world;

    public ComputeTests() => world = new World(clock, new WorldOptions { PendingTime = TimeSpan.FromSeconds(5) });

    [Fact]
    public void Every_state_of_an_instance_is_told_as_an_event() => clock.Run(async () =>
    {
        var id = world.Compute.RunInstance().Id;
        await Task.Delay(TimeSpan.FromSeconds(5), clock);
        world.Compute.Terminate(id);
        await Task.Delay(world.Options.ShutdownTime, clock);
        var told = world.Journal.Of<EventPublished>().Select(entry => JsonNode.Parse(entry.Body)!).ToList();
        Assert.Equal(["pending", "running", "shutting-down", "terminated"], told.Select(body => (string?)body["detail"]!["state"]));
        Assert.All(told, body => Assert.Equal($"arn:aws:ec2:us-east-1:123456789012:instance/{id}", (string?)body["resources"]![0]));
        Assert.All(told, body => Assert.Equal("0", (string?)body["version"]));
    });

    [Fact]
    public void A_dying_instance_shows_its_addresses_at_first_then_none_and_vanishes_after_an_hour() => clock.Run(async () =>
    {
        var id = world.Compute.RunInstance().Id;
        world.Compute.Terminate(id);
        Assert.NotNull((await DescribeAsync(id)).Value("privateIpAddress"));
        await Task.Delay(world.Options.AddressesKept, clock);
        var dying = await DescribeAsync(id);
        Assert.Equal("shutting-down", dying.Descendants("instanceState").Single().Value("name"));
        Assert.Null(dying.Value("privateIpAddress"));
        Assert.Null(dying.Value("vpcId"));
        await Task.Delay(TimeSpan.FromMinutes(59), clock);
        Assert.Equal("terminated", (await DescribeAsync(id)).Descendants("instanceState").Single().Value("name"));
        await Task.Delay(TimeSpan.FromMinutes(2), clock);
        Assert.Equal((400, "InvalidInstanceID.NotFound"), await world.FailAsync("ec2", "DescribeInstances", ("InstanceId.1", id)));
    });

    [Fact]
    public void An_instance_can_have_several_interfaces_with_secondary_addresses_ipv6_and_prefixes() => clock.Run(async () =>
    {
        var other = world.Compute.Subnets[1].Id;
        var answer = await world.CallAsync(
            "ec2", "RunInstances", ("ImageId", "ami-1"), ("MinCount", "1"), ("MaxCount", "1"),
            ("NetworkInterface.1.DeviceIndex", "0"),
            ("NetworkInterface.1.PrivateIpAddresses.1.PrivateIpAddress", "172.31.0.100"),
            ("NetworkInterface.1.PrivateIpAddresses.1.Primary", "true"),
            ("NetworkInterface.1.PrivateIpAddresses.2.PrivateIpAddress", "172.31.0.101"),
            ("NetworkInterface.1.Ipv6AddressCount", "1"),
            ("NetworkInterface.2.DeviceIndex", "1"), ("NetworkInterface.2.SubnetId", other),
            ("NetworkInterface.2.Ipv4PrefixCount", "1"), ("NetworkInterface.2.Ipv6PrefixCount", "1"));
        var instance = world.Compute.Find(answer.Value("instanceId")!);
        Assert.Equal(["172.31.0.100", "172.31.0.101"], instance.Interfaces[0].Addresses.Select(address => address.ToString()));
        Assert.Single(instance.Interfaces[0].Ipv6Addresses);
        Assert.Equal(28, Assert.Single(instance.Interfaces[1].Ipv4Prefixes).PrefixLength);
        Assert.Equal(80, Assert.Single(instance.Interfaces[1].Ipv6Prefixes).PrefixLength);
        var described = await DescribeAsync(instance.Id);
        Assert.Equal(2, described.Descendants("networkInterfaceSet").Elements("item").Count());
    });

    [Fact]
    public void Interfaces_and_addresses_can_be_added_while_it_runs() => clock.Run(async () =>
    {
        var instance = world.Compute.RunInstance();
        var card = world.Compute.AttachNetworkInterface(instance.Id);
        world.Compute.AssignPrivateIpAddresses(card.Id, new InterfaceSpec { SecondaryCount = 2, Ipv4PrefixCount = 1 });
        Assert.Equal(3, card.Addresses.Count);
        var answer = await world.CallAsync(
            "ec2", "DescribeInstances", ("Filter.1.Name", "network-interface.addresses.private-ip-address"),
            ("Filter.1.Value.1", card.Addresses[2].ToString()));
        Assert.Equal(instance.Id, answer.Value("instanceId"));
    });

    [Fact]
    public void Instances_come_in_pages_but_not_together_with_ids() => clock.Run(async () =>
    {
        var ids = world.Compute.RunInstances(new InstanceSpec(), 7).Select(instance => instance.Id).ToList();
        var first = await world.CallAsync("ec2", "DescribeInstances", ("MaxResults", "5"));
        var second = await world.CallAsync("ec2", "DescribeInstances", ("MaxResults", "5"), ("NextToken", first.Value("nextToken")!));
        Assert.Equal(ids, first.Descendants("instanceId").Concat(second.Descendants("instanceId")).Select(id => id.Value));
        Assert.Null(second.Value("nextToken"));
        Assert.Equal(
            (400, "InvalidParameterCombination"),
            await world.FailAsync("ec2", "DescribeInstances", ("MaxResults", "5"), ("InstanceId.1", ids[0])));
    });

    [Fact]
    public void A_spot_interruption_warns_two_minutes_ahead_with_the_malformed_arn_of_the_field() => clock.Run(async () =>
    {
        var instance = world.Compute.RunInstance(new InstanceSpec { SpotBehavior = "terminate" });
        await Task.Delay(TimeSpan.FromSeconds(5), clock);
        world.Compute.InterruptSpot(instance.Id);
        var warning = JsonNode.Parse(world.Journal.Of<EventPublished>().Last().Body)!;
        Assert.Equal("EC2 Spot Instance Interruption Warning", (string?)warning["detail-type"]);
        Assert.Equal($"arn:aws:ec2:us-east-1a:instance/{instance.Id}", (string?)warning["resources"]![0]);
        Assert.Equal("terminate", (string?)warning["detail"]!["instance-action"]);
        await Task.Delay(TimeSpan.FromSeconds(119), clock);
        Assert.Equal("running", instance.State);
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Equal("shutting-down", instance.State);
    });

    [Fact]
    public void A_released_address_can_be_given_to_another_instance() => clock.Run(async () =>
    {
        var first = world.Compute.RunInstance();
        var address = first.PrivateIpAddress!;
        Assert.Equal((400, "InvalidIPAddress.InUse"), await RunAtAsync());
        world.Compute.Terminate(first.Id);
        await Task.Delay(world.Options.ShutdownTime, clock);
        Assert.Equal((200, null), await RunAtAsync());

        Task<(int, string?)> RunAtAsync() => world.FailAsync(
            "ec2", "RunInstances", ("ImageId", "ami-1"), ("MinCount", "1"), ("MaxCount", "1"), ("PrivateIpAddress", address));
    });

    [Fact]
    public void The_same_seed_gives_the_same_ids() =>
        Assert.Equal(new World(clock).Compute.RunInstance().Id, new World(clock).Compute.RunInstance().Id);

    private Task<XElement> DescribeAsync(string id) =>
        world.CallAsync("ec2", "DescribeInstances", ("InstanceId.1", id));
}
