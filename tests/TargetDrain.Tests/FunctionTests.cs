using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Queues;
using TargetDrain.Local.Hosting;
using TargetDrain.Tests.Scenarios;
using Xunit;

namespace TargetDrain.Tests;

/// <summary>The function as Lambda starts it, behind the runtime's own loop; over real HTTP, so in real time.</summary>
[Collection(TheRuntimesLog)]
#pragma warning disable CA1001 // xUnit calls IAsyncLifetime.DisposeAsync.
public sealed class FunctionTests : IAsyncLifetime
#pragma warning restore CA1001
{
    /// <summary>There is one in a process, and the loop takes it.</summary>
    public const string TheRuntimesLog = "The runtime's log";

    private const string RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API";

    private readonly World world = new(TimeProvider.System);
    private readonly RuntimeApi runtimeApi = new();
    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter metrics = new();
    private readonly PropertyInfo logTarget = typeof(LambdaLogger).GetProperty("Target", BindingFlags.NonPublic | BindingFlags.Static)!;
    private readonly object? logTargetBefore;
    private readonly SqsQueue queue;
    private readonly EmulatorServer server;

    public FunctionTests()
    {
        logTargetBefore = logTarget.GetValue(null);
        queue = world.Queues.Create("queue");
        server = new EmulatorServer(world.Endpoint.HandleAsync, runtimeApi);
    }

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        // The runtime looks there itself; of this process nobody else does.
        Environment.SetEnvironmentVariable(RuntimeApiVariable, server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(RuntimeApiVariable, null);
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", null);
        logTarget.SetValue(null, logTargetBefore);
        stop.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_event_goes_in_and_the_messages_that_failed_come_out()
    {
        var instance = world.Compute.RunInstance();
        var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web"));
        world.LoadBalancing.Register(group.Arn, new TargetSpec(instance.Id));
        world.Compute.Terminate(instance.Id);
        var serving = ServeAsync(name => name == "QUEUE_URL" ? world.Queues.UrlOf(queue) : null);

        var lambda = new LambdaFunction(new LambdaSettings("drain", "123456789012", "us-east-1"), runtimeApi.InvokeAsync, TimeProvider.System, world.Journal);
        var result = await lambda.InvokeAsync(Batch(("good", Messages.StateChange(instance.Id, "shutting-down")), ("bad", "nobody understands this")));

        Assert.Equal((InvocationResult.Ok, """{"batchItemFailures":[{"itemIdentifier":"bad"}]}"""), (result.Outcome, Encoding.UTF8.GetString(result.Payload.Span)));
        Assert.Equal("draining", Assert.Single(world.LoadBalancing.Targets(group.Arn)).Health.State);
        Assert.Contains("\"_aws\"", metrics.ToString(), StringComparison.Ordinal);
        await stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task A_wrong_configuration_is_told_to_Lambda_as_the_reason_why_it_cannot_start()
    {
        var told = "";
        runtimeApi.InitFailed += (_, error) => told = error;

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => ServeAsync(name => name == "DRY_RUN" ? "perhaps" : null));

        Assert.Contains("QUEUE_URL is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("DRY_RUN is 'perhaps'; allowed is true or false", error.Message, StringComparison.Ordinal);
        var reported = JsonNode.Parse(told)!;
        Assert.Equal(("ConfigurationException", error.Message), ((string)reported["errorType"]!, (string)reported["errorMessage"]!));
    }

    private Task ServeAsync(Func<string, string?> variable) => Function.ServeAsync(
        variable, () => AwsClients.Create(new InProcessTransport(world), new BasicAWSCredentials("key", "secret"), "us-east-1"), metrics, stop.Token);

    private byte[] Batch(params (string Id, string Body)[] messages) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["Records"] = new JsonArray([.. messages.Select(message => new JsonObject
        {
            ["messageId"] = message.Id, ["receiptHandle"] = message.Id, ["body"] = message.Body, ["eventSource"] = "aws:sqs", ["eventSourceARN"] = queue.Arn,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
        })]),
    }.ToJsonString());
}
