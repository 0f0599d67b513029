using System.Reflection;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using TargetDrain;

// Metrics are lines of JSON of their own; the runtime wraps what goes through Console, so they bypass it.
using var metricsOutput = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
var log = new LambdaLog();
Function? function = null;

await LambdaBootstrapBuilder
    .Create<JsonElement, SQSBatchResponse>(
        (payload, context) => function!.HandleAsync(payload, context), new SourceGeneratorLambdaJsonSerializer<EventJson>())
    .UseBootstrapHandler(() =>
    {
        // Here rather than in Main: what fails here is reported to Lambda as the reason the function cannot start.
        var options = DrainOptions.FromEnvironment(Environment.GetEnvironmentVariable);
        function = Function.Create(
            options, AwsClients.FromEnvironment(), TimeProvider.System, log, metricsOutput,
            Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") ?? "target-drain");
        log.Started(typeof(Function).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?");
        return Task.FromResult(true);
    })
    .Build()
    .RunAsync();
