using System.Net;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class RegistrationScenarios
{
    [Fact]
    public void An_instance_leaves_every_port_of_every_group_by_one_call_per_group() => Scenario.Play(async scenario =>
    {
        var (web, api, other) = (scenario.Group("web"), scenario.Group("api", port: 8080), scenario.Group("other"));
        var (dying, survivor) = (scenario.Serve(web, api), scenario.Serve(web, api, other));
        for (var port = 81; port <= 83; port++) scenario.Register(web, dying.Id, port);

        scenario.World.Compute.Terminate(dying.Id);
        await scenario.Pass(10);

        Assert.Equal(4, scenario.In(web).Count(target => target.StartsWith(dying.Id, StringComparison.Ordinal) && target.EndsWith(" draining", StringComparison.Ordinal)));
        Assert.Contains($"{survivor.Id}:80 healthy", scenario.In(web));
        Assert.Equal([$"{dying.Id}:8080 draining", $"{survivor.Id}:8080 healthy"], scenario.In(api));
        Assert.Equal((1, 1, 0), (scenario.Calls("DeregisterTargets", web), scenario.Calls("DeregisterTargets", api), scenario.Calls("DeregisterTargets", other)));
    });

    [Fact]
    public void Every_address_of_every_attached_interface_leaves() => Scenario.Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        var instance = scenario.World.Compute.RunInstance(new InstanceSpec
        {
            Interfaces = [new InterfaceSpec { SecondaryCount = 2, Ipv4PrefixCount = 1 }, new InterfaceSpec { SecondaryCount = 1 }],
        });
        var survivor = scenario.World.Compute.RunInstance();
        foreach (var address in instance.Interfaces.SelectMany(card => card.Addresses)) scenario.Register(pods, address.ToString());
        var prefix = instance.Interfaces[0].Ipv4Prefixes[0];
        var (first, last) = (prefix.BaseAddress.ToString(), Offset(prefix.BaseAddress, 15));
        scenario.Register(pods, first);
        scenario.Register(pods, last, port: 9000);
        scenario.Register(pods, Offset(prefix.BaseAddress, 16)); // the neighbour's
        scenario.Register(pods, survivor.PrivateIpAddress!);

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);

        Assert.Equal(7, scenario.In(pods).Count(target => target.EndsWith(" draining", StringComparison.Ordinal)));
        Assert.Contains($"{last}:9000 draining", scenario.In(pods));
        Assert.Equal(
            [$"{Offset(prefix.BaseAddress, 16)}:80 healthy", $"{survivor.PrivateIpAddress}:80 healthy"],
            scenario.In(pods).Where(target => !target.EndsWith(" draining", StringComparison.Ordinal)));
        Assert.Equal(1, scenario.Calls("DeregisterTargets", pods));
    });

    [Fact]
    public void Ipv6_addresses_and_delegated_ipv6_prefixes_leave_too() => Scenario.Play(async scenario =>
    {
        var pods = scenario.World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("pods6") { TargetType = "ip", IpAddressType = "ipv6" });
        var instance = scenario.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { Ipv6Count = 1, Ipv6PrefixCount = 1 }] });
        var neighbour = scenario.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { Ipv6Count = 1 }] });
        var card = instance.Interfaces[0];
        scenario.Register(pods, Spelled(card.Ipv6Addresses[0]));
        scenario.Register(pods, Offset(card.Ipv6Prefixes[0].BaseAddress, 0xbeef));
        scenario.Register(pods, neighbour.Interfaces[0].Ipv6Addresses[0].ToString());

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);

        Assert.Equal(2, scenario.In(pods).Count(target => target.EndsWith(" draining", StringComparison.Ordinal)));
        Assert.Contains($"{neighbour.Interfaces[0].Ipv6Addresses[0]}:80 healthy", scenario.In(pods));
    });

    [Fact]
    public void Addresses_of_an_interface_attached_later_count() => Scenario.Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        var instance = scenario.World.Compute.RunInstance();
        var trunk = scenario.World.Compute.AttachNetworkInterface(instance.Id);
        scenario.Register(pods, trunk.Addresses[0].ToString());

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);

        Assert.Equal([$"{trunk.Addresses[0]}:80 draining"], scenario.In(pods));
    });

    [Fact]
    public void What_the_instance_has_given_up_is_left_alone() => Scenario.Play(async scenario =>
    {
        var pods = scenario.Group("pods", type: "ip");
        var instance = scenario.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { SecondaryCount = 1 }, new InterfaceSpec()] });
        var (unassigned, detached) = (instance.Interfaces[0].Addresses[1].ToString(), instance.Interfaces[1]);
        scenario.Register(pods, unassigned);
        scenario.Register(pods, detached.Addresses[0].ToString());
        scenario.World.Compute.UnassignPrivateIpAddress(instance.Interfaces[0].Id, unassigned);
        scenario.World.Compute.DetachNetworkInterface(detached.Id);

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(60);

        Assert.Equal(2, scenario.In(pods).Count());
        Assert.Empty(scenario.Calls("DeregisterTargets"));
    });

    [Theory]
    [InlineData("GENEVE", 6081, false)]
    [InlineData("TCP_UDP", 53, false)]
    [InlineData("QUIC", 443, true)]
    [InlineData("TCP_QUIC", 443, true)]
    public void Groups_of_every_protocol_are_drained(string protocol, int port, bool quic) => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("group", delay: 60, protocol: protocol, port: port);
        var instance = scenario.World.Compute.RunInstance();
        scenario.World.LoadBalancing.Register(group.Arn, new TargetSpec(instance.Id) { QuicServerId = quic ? "0x00000000000000a1" : null });
        scenario.Scale([instance]);

        scenario.Terminate(instance);
        await scenario.Pass(5);
        Assert.Equal([$"{instance.Id}:{port} draining"], scenario.In(group));
        await scenario.Pass(120);

        Assert.Empty(scenario.In(group));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void Groups_of_functions_and_load_balancers_are_never_described() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        var groups = new[] { scenario.Group("function", type: "lambda"), scenario.Group("balancer", type: "alb", protocol: "TCP") };
        var instance = scenario.Serve(web);

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(60);

        Assert.Equal(1, scenario.Calls("DescribeTargetHealth", web));
        Assert.All(groups, group => Assert.Equal(0, scenario.Calls("DescribeTargetHealth", group)));
    });

    [Fact]
    public void More_than_two_hundred_targets_leave_in_chunks() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("many-ports");
        var instance = scenario.World.Compute.RunInstance();
        scenario.World.LoadBalancing.Register(group.Arn, [.. Enumerable.Range(1000, 401).Select(port => new TargetSpec(instance.Id, port))]);

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);

        Assert.Equal(3, scenario.Calls("DeregisterTargets", group));
        Assert.All(scenario.In(group), target => Assert.EndsWith(" draining", target, StringComparison.Ordinal));
    });

    [Fact]
    public void A_group_on_the_second_page_of_the_listing_is_found() => Scenario.Play(async scenario =>
    {
        for (var i = 0; i < 400; i++) scenario.Group($"filler-{i}", type: "lambda");
        var last = scenario.Group("last");
        var instance = scenario.Serve(last);

        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(last));
        Assert.Equal(2, scenario.Calls("DescribeTargetGroups").Count());
    });

    [Fact]
    public void An_instance_without_addresses_is_told_of_and_its_instance_targets_leave() => Scenario.Play(async scenario =>
    {
        var (web, pods) = (scenario.Group("web"), scenario.Group("pods", type: "ip"));
        var instance = scenario.Serve(web);
        scenario.Register(pods, instance.PrivateIpAddress!);
        scenario.World.Compute.Terminate(instance.Id);
        await scenario.Pass(5);
        Assert.Null(instance.PrivateIpAddress);

        scenario.Send(Messages.Drain(instance.Id));
        await scenario.Pass(5);

        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(web));
        Assert.Equal(0, scenario.Calls("DescribeTargetHealth", pods));
        Assert.Equal(1, scenario.Metric("AddressesUnknown"));
        Assert.Contains(scenario.Log(), line => line.StartsWith($"Warning: {instance.Id}: EC2 returned no addresses", StringComparison.Ordinal));
        Assert.Equal(0, scenario.DeadLetters());
    }, Scenario.WithoutRules(), new() { AddressesKept = TimeSpan.FromSeconds(1) });

    [Fact]
    public void An_instance_that_EC2_does_not_know_is_done_with_a_warning() => Scenario.Play(async scenario =>
    {
        var web = scenario.Group("web");
        scenario.Serve(web);

        scenario.Send(Messages.Drain("i-0123456789abcdef0"));
        await scenario.Pass(5);

        Assert.Equal(1, scenario.Metric("AddressesUnknown"));
        Assert.Equal(1, scenario.Calls("DescribeTargetHealth", web));
        Assert.Equal(0, scenario.Installation.Queue.Counts.All);
    });

    private static string Offset(IPAddress address, int offset)
    {
        var bytes = address.GetAddressBytes();
        bytes[^1] += (byte)offset;
        if (bytes.Length == 16) bytes[^2] += (byte)(offset >> 8);
        return new IPAddress(bytes).ToString();
    }

    /// <summary>The same address without shortening, in capitals.</summary>
    private static string Spelled(IPAddress address) =>
        string.Join(':', address.GetAddressBytes().Chunk(2).Select(pair => Convert.ToHexString(pair)));
}
