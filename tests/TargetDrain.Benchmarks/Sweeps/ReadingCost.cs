using System.Net;
using System.Net.Http.Headers;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using TargetDrain.Calls;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using TargetDrain.Targets;
using TargetDrain.Telemetry;

namespace TargetDrain.Benchmarks.Sweeps;

/// <summary>What it costs this process to read and match target descriptions.</summary>
internal sealed record ReadingCost(double CpuSeconds, double AllocatedMegabytes, double KeptMegabytes)
{
    private const int Dying = 100;
    private const double Megabyte = 1024 * 1024;

    public static async Task<ReadingCost> OfOursAsync(int targets, int descriptions)
    {
        var (clients, instances) = Canned(targets);
        var metrics = new DrainMetrics("benchmark", "benchmark", TimeProvider.System);
        var unlimited = new CallRate(1e9, 1e9);
        var reader = new TargetHealthReader(
            clients.LoadBalancing, new AwsApi(new CallGate(unlimited, 32, TimeProvider.System), metrics, TimeProvider.System, () => 0.5));
        var owners = new TargetOwners(
            new InstanceAnswers(instances.ToDictionary(id => id, InstanceDescription.Unknown), new Dictionary<string, string>()), peeredVpcs: false);
        var matcher = owners.MatcherFor(new Amazon.ElasticLoadBalancingV2.Model.TargetGroup { TargetType = "instance" });
        return await MeasureAsync(descriptions / targets, async () =>
        {
            await reader.ReadAsync("arn", matcher, Urgency.Normal, CancellationToken.None);
            return null;
        });
    }

    public static async Task<ReadingCost> OfNaiveAsync(int targets, int descriptions)
    {
        var (clients, instances) = Canned(targets);
        var all = new List<List<TargetHealthDescription>>();
        return await MeasureAsync(descriptions / targets, async () =>
        {
            var answer = await clients.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = "arn" });
            all.Add(answer.TargetHealthDescriptions);
            foreach (var id in instances) _ = answer.TargetHealthDescriptions.Where(description => description.Target.Id == id).ToList();
            return all;
        });
    }

    private static async Task<ReadingCost> MeasureAsync(int answers, Func<Task<object?>> read)
    {
        await read();
        var (kept, allocated, cpu) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
        object? held = null;
        for (var i = 0; i < answers; i++) held = await read();
        var cost = new ReadingCost(
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Megabyte,
            Math.Max(0, (GC.GetTotalMemory(forceFullCollection: true) - kept) / Megabyte));
        GC.KeepAlive(held);
        return cost;
    }

    /// <summary>Clients that always get the same answer, and the ids of some of the instances in it.</summary>
    private static (AwsClients Clients, IReadOnlyList<string> Instances) Canned(int targets)
    {
        var world = new World(TimeProvider.System);
        var instances = world.Compute.RunInstances(new InstanceSpec(), targets);
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("tg"));
        world.LoadBalancing.Register(group.Arn, [.. instances.Select(instance => new TargetSpec(instance.Id))]);
        var body = System.Text.Encoding.UTF8.GetBytes($"Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn={Uri.EscapeDataString(group.Arn)}");
        var answer = world.Endpoint.HandleAsync(new WireRequest("/", new Dictionary<string, string>(), body)).GetAwaiter().GetResult();
        var clients = AwsClients.Create(new Transport(answer.Body), new BasicAWSCredentials("AKIA", "secret"), world.Options.Region);
        return (clients, [.. instances.Take(Dying).Select(instance => instance.Id)]);
    }

    private sealed class Transport(ReadOnlyMemory<byte> body) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(body));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class Handler(ReadOnlyMemory<byte> body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = content });
        }
    }
}
