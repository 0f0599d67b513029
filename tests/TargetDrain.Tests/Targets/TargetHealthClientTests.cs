using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using TargetDrain.Calls;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class TargetHealthClientTests
{
    private const string OutsideAddress = "10.200.0.9";

    [Fact]
    public void What_counts_of_a_target_is_read_as_the_sdk_reads_it()
    {
        var clock = new VirtualClock();
        var (world, group, config) = Account(clock);
        using var plain = new AmazonElasticLoadBalancingV2Client(config);
        using var ours = new TargetHealthClient(config);

        clock.Run(async () =>
        {
            var expected = await plain.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = group });
            var actual = await ours.DescribeTargetHealthAsync(group, target => target.Id, default);

            Assert.Equal(3, actual.TargetHealthDescriptions.Count);
            Assert.Equal(expected.TargetHealthDescriptions.Select(Describe), actual.TargetHealthDescriptions.Select(Describe));
            Assert.NotEmpty(actual.ResponseMetadata.RequestId);
        });
        Assert.Equal(3, world.LoadBalancing.Targets(group).Count);
    }

    [Fact]
    public void Of_those_that_stay_nothing_is_left_in_those_that_leave()
    {
        var clock = new VirtualClock();
        var (_, group, config) = Account(clock);
        using var ours = new TargetHealthClient(config);

        clock.Run(async () =>
        {
            var seen = new List<string>();
            var answer = await ours.DescribeTargetHealthAsync(group, target =>
            {
                seen.Add($"{target.Id} {target.Port} {target.AvailabilityZone} {target.QuicServerId}");
                return target.Id == OutsideAddress ? "i-1" : null;
            }, default);

            var kept = Assert.Single(answer.TargetHealthDescriptions);
            Assert.Equal((OutsideAddress, 443, "all", "0x00000000000000a2"), (kept.Target.Id, kept.Target.Port, kept.Target.AvailabilityZone, kept.Target.QuicServerId));
            Assert.Equal(3, seen.Distinct().Count());
        });
    }

    [Fact]
    public void An_error_has_the_code_that_AWS_gave_it()
    {
        var clock = new VirtualClock();
        var (_, group, config) = Account(clock);
        using var ours = new TargetHealthClient(config);

        clock.Run(async () =>
        {
            var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ours.DescribeTargetHealthAsync(group[..^1] + "0", _ => null, default));
            Assert.True(AwsErrors.IsGroupGone(error), error.ToString());
        });
    }

    private static string Describe(TargetHealthDescription description) =>
        $"{description.Target.Id} {description.Target.Port} {description.Target.AvailabilityZone} {description.Target.QuicServerId} "
        + $"{description.TargetHealth.State?.Value} {description.TargetHealth.Reason?.Value}";

    private static (World World, string Group, AmazonElasticLoadBalancingV2Config Config) Account(VirtualClock clock)
    {
        var world = new World(clock);
        var instance = world.Compute.RunInstance();
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("quic") { TargetType = "ip", Protocol = "QUIC", Port = 443 });
        world.LoadBalancing.Register(
            group.Arn,
            new TargetSpec(instance.PrivateIpAddress!, 8443) { QuicServerId = "0x00000000000000a1" },
            new TargetSpec(instance.PrivateIpAddress!, 8444) { QuicServerId = "0x00000000000000a3" },
            new TargetSpec(OutsideAddress, 443) { AvailabilityZone = "all", QuicServerId = "0x00000000000000a2" });
        world.LoadBalancing.Deregister(group.Arn, new TargetSpec(instance.PrivateIpAddress!, 8444) { QuicServerId = "0x00000000000000a3" });
        return (world, group.Arn, new AmazonElasticLoadBalancingV2Config
        {
            RegionEndpoint = Amazon.RegionEndpoint.USEast1, HttpClientFactory = new Transport(world), DefaultAWSCredentials = new BasicAWSCredentials("key", "secret"),
            MaxErrorRetry = 0,
        });
    }

    private sealed class Transport(World world) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new EmulatorHttpHandler(world));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
