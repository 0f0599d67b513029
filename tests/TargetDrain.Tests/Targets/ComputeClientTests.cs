using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Wire;
using TargetDrain.Targets;
using Xunit;
using Instance = Amazon.EC2.Model.Instance;

namespace TargetDrain.Tests.Targets;

public sealed class ComputeClientTests
{
    [Fact]
    public void All_of_an_instance_is_read_as_the_sdk_reads_it_except_its_type()
    {
        var clock = new VirtualClock();
        var world = new World(clock);
        world.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { SecondaryCount = 1, Ipv6Count = 1 }, new InterfaceSpec()] });
        var credentials = new BasicAWSCredentials("key", "secret");
        AmazonEC2Config Config() => new()
        {
            RegionEndpoint = Amazon.RegionEndpoint.USEast1, HttpClientFactory = new Transport(world), DefaultAWSCredentials = credentials,
        };
        using var plain = new AmazonEC2Client(Config());
        using var ours = new ComputeClient(Config());

        clock.Run(async () =>
        {
            var (expected, actual) = (Describe(await One(plain)), Describe(await One(ours)));

            var type = Assert.Single(expected, line => line.StartsWith("InstanceType: ", StringComparison.Ordinal));
            Assert.Equal(expected.Where(line => line != type), actual);
        });
    }

    private static async Task<Instance> One(AmazonEC2Client ec2)
    {
        var answer = await ec2.DescribeInstancesAsync(new DescribeInstancesRequest());
        return Assert.Single(Assert.Single(answer.Reservations).Instances);
    }

    private static List<string> Describe(Instance instance) =>
    [
        .. typeof(Instance).GetProperties().Select(member => (member.Name, Value: member.GetValue(instance))).Where(member => member.Value is not null)
            .Select(member => $"{member.Name}: {member.Value}"),
        .. instance.NetworkInterfaces.Select(card =>
            $"{card.NetworkInterfaceId} {card.Status} {card.Attachment.Status} {card.VpcId} {string.Join(' ', card.PrivateIpAddresses.Select(address => address.PrivateIpAddress))}"
            + $" {string.Join(' ', (card.Ipv6Addresses ?? []).Select(address => address.Ipv6Address))}"),
    ];

    private sealed class Transport(World world) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new EmulatorHttpHandler(world));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
