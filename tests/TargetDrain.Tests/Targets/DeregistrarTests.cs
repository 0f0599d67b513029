using System.Web;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using TargetDrain.Calls;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using TargetDrain.Targets;
using TargetDrain.Telemetry;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class DeregistrarTests
{
    private const string OutsideAddress = "10.9.8.7";

    [Fact]
    public void Targets_go_back_exactly_as_they_came()
    {
        var clock = new VirtualClock();
        var world = new World(clock);
        var instance = world.Compute.RunInstance();
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("quic") { TargetType = "ip", Protocol = "QUIC", Port = 443 });
        world.LoadBalancing.Register(
            group.Arn,
            new TargetSpec(instance.PrivateIpAddress!, 8443) { QuicServerId = "0x00000000000000a1" },
            new TargetSpec(OutsideAddress) { AvailabilityZone = "all", QuicServerId = "0x00000000000000a2" });
        var plain = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("plain"));
        world.LoadBalancing.Register(plain.Arn, new TargetSpec(instance.Id, 8080));

        var sent = new List<string>();
        clock.Run(async () =>
        {
            foreach (var arn in new[] { group.Arn, plain.Arn }) await TakeOutAllAsync(world, arn, sent);
        });

        Assert.Equal(
            [
                $"{instance.PrivateIpAddress} 8443 us-east-1a 0x00000000000000a1",
                $"{OutsideAddress} 443 all 0x00000000000000a2",
                $"{instance.Id} 8080 (no zone) (no server id)",
            ],
            sent);
    }

    private static async Task TakeOutAllAsync(World world, string groupArn, List<string> sent)
    {
        using var transport = new Recorder(world, sent);
        var clients = AwsClients.Create(new Transport(transport), new BasicAWSCredentials("key", "secret"), "us-east-1");
        var metrics = new DrainMetrics("test", "test", world.Clock);
        var api = new AwsApi(new CallGate(new CallRate(100, 100), 10, world.Clock), metrics, world.Clock, () => 0.5);
        var registrations = await new TargetHealthReader(clients.LoadBalancing, api).ReadAsync(groupArn, _ => "i-1", Urgency.Normal, default);
        var deregistrar = new Deregistrar(clients.LoadBalancing, api, dryRun: false, metrics, world.Clock, NullLogger.Instance);
        await deregistrar.TakeOutAsync(
            groupArn, registrations, chunk => Task.FromResult(chunk), Urgency.Normal, default);
    }

    private sealed class Transport(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    /// <summary>Notes the targets of every DeregisterTargets on its way to the emulator.</summary>
    private sealed class Recorder(World world, List<string> sent) : DelegatingHandler(new EmulatorHttpHandler(world))
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            for (var i = 1; form["Action"] == "DeregisterTargets" && form[$"Targets.member.{i}.Id"] is { } id; i++)
            {
                string Member(string name, string otherwise) => form[$"Targets.member.{i}.{name}"] ?? otherwise;
                sent.Add($"{id} {Member("Port", "(no port)")} {Member("AvailabilityZone", "(no zone)")} {Member("QuicServerId", "(no server id)")}");
            }
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
