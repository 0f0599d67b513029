using System.Text;
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
            var actual = await ours.DescribeTargetHealthAsync(group, _ => true, default);

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
            var answer = await ours.DescribeTargetHealthAsync(group, one =>
            {
                seen.Add(Describe(one));
                return one.Target.Id == OutsideAddress;
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
            var error = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => ours.DescribeTargetHealthAsync(group[..^1] + "0", _ => true, default));
            Assert.True(AwsErrors.IsGroupGone(error), error.ToString());
        });
    }

    // As AWS writes it where anomalies are mitigated or a zonal shift overrides: all names of fields twice.
    [Fact]
    public void A_state_is_the_healths_own_and_no_other()
    {
        const string answer = """
            <DescribeTargetHealthResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
              <DescribeTargetHealthResult><TargetHealthDescriptions><member>
                <HealthCheckPort>80</HealthCheckPort>
                <TargetHealth><State>draining</State><Reason>Target.DeregistrationInProgress</Reason></TargetHealth>
                <Target><Id>i-0123456789abcdef0</Id><Port>80</Port></Target>
                <AnomalyDetection><MitigationInEffect>no</MitigationInEffect><Result>normal</Result></AnomalyDetection>
                <AdministrativeOverride><State>no_override</State><Reason>AdministrativeOverride.NoOverride</Reason></AdministrativeOverride>
              </member></TargetHealthDescriptions></DescribeTargetHealthResult>
              <ResponseMetadata><RequestId>b3a5ae1c-0000-11f0-8f41-000000000001</RequestId></ResponseMetadata>
            </DescribeTargetHealthResponse>
            """;
        Assert.Equal("i-0123456789abcdef0 80   draining Target.DeregistrationInProgress", Describe(Assert.Single(Read(answer).TargetHealthDescriptions)));
        Assert.Equal("b3a5ae1c-0000-11f0-8f41-000000000001", Read(answer).ResponseMetadata.RequestId);
        // Cut short it is no answer with fewer targets.
        var error = Record.Exception(() => Read(answer[..answer.IndexOf("</member>", StringComparison.Ordinal)]));
        Assert.True(error is not null && AwsErrors.IsTransient(error), $"{error}");
    }

    [Fact]
    public void It_asks_what_the_sdk_asks()
    {
        var clock = new VirtualClock();
        using var handler = new Recorder(new World(clock));
        var config = Config(handler);
        using var plain = new AmazonElasticLoadBalancingV2Client(config);
        using var ours = new TargetHealthClient(config);

        clock.Run(async () =>
        {
            await Record.ExceptionAsync(() => plain.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = "arn:x" }));
            await Record.ExceptionAsync(() => ours.DescribeTargetHealthAsync("arn:x", _ => true, default));
        });

        Assert.Equal(2, handler.Asked.Count);
        Assert.Equal(handler.Asked[0].Split('&').Order(), handler.Asked[1].Split('&').Order());
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
        return (world, group.Arn, Config(new EmulatorHttpHandler(world)));
    }

    private static DescribeTargetHealthResponse Read(string answer)
    {
        using var client = new TargetHealthClient(Config(new Canned(answer)));
        return client.DescribeTargetHealthAsync("arn", _ => true, default).GetAwaiter().GetResult();
    }

    private static AmazonElasticLoadBalancingV2Config Config(HttpMessageHandler handler) => new()
    {
        RegionEndpoint = Amazon.RegionEndpoint.USEast1, HttpClientFactory = new Transport(handler), DefaultAWSCredentials = new BasicAWSCredentials("key", "secret"),
        MaxErrorRetry = 0,
    };

    private sealed class Canned(string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(answer, Encoding.UTF8, "text/xml") });
    }

    private sealed class Recorder(World world) : DelegatingHandler(new EmulatorHttpHandler(world))
    {
        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.RequestUri}&{await request.Content!.ReadAsStringAsync(cancellationToken)}");
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Transport(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
