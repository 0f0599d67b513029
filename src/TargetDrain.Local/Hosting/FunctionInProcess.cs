using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Wire;
using TargetDrain.Events;

namespace TargetDrain.Local.Hosting;

/// <summary>
/// The function in this process, on the emulator's clock. Like Lambda it keeps an execution environment for each
/// invocation that runs at a time, with caches of its own, and reuses those that are free.
/// </summary>
internal sealed class FunctionInProcess(World world, LambdaSettings settings, string accessKeyId, Func<double> random)
{
    private readonly Stack<Function> free = new();
    private readonly Lock state = new();

    /// <summary>How many environments were started.</summary>
    public int Started { get; private set; }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(
        ReadOnlyMemory<byte> payload, LambdaInvocation invocation, CancellationToken abandoned)
    {
        var environment = Take();
        using var document = JsonDocument.Parse(payload);
        var answer = await environment.HandleAsync(document.RootElement, new Context(invocation, settings));
        // An environment whose run was abandoned does not come back.
        if (!abandoned.IsCancellationRequested) Return(environment);
        return JsonSerializer.SerializeToUtf8Bytes(answer, EventJson.Default.SQSBatchResponse);
    }

    private Function Take()
    {
        lock (state)
        {
            if (free.TryPop(out var warm)) return warm;
            Started++;
        }
        var options = DrainOptions.FromEnvironment(name => settings.Environment.GetValueOrDefault(name));
        var clients = AwsClients.Create(new InProcessTransport(world), new BasicAWSCredentials(accessKeyId, "secret"), world.Options.Region);
        return Function.Create(
            options, clients, world.Clock, new JournalLog(world.Journal), new JournalWriter(world.Journal), settings.Name, random);
    }

    private void Return(Function environment)
    {
        lock (state) free.Push(environment);
    }

    private sealed class InProcessTransport(World world) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new EmulatorHttpHandler(world));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    /// <summary>Log lines as the function's output, told by their text.</summary>
    private sealed class JournalLog(WorldJournal journal) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => logLevel >= Microsoft.Extensions.Logging.LogLevel.Information;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            journal.Write(new FunctionLogged($"{logLevel}: {formatter(state, exception)}"));
    }

    private sealed class JournalWriter(WorldJournal journal) : StringWriter
    {
        public override void WriteLine(string? value) => journal.Write(new FunctionLogged(value ?? ""));
    }

    private sealed class Context(LambdaInvocation invocation, LambdaSettings settings) : ILambdaContext
    {
        public string AwsRequestId => invocation.RequestId;

        public IClientContext? ClientContext => null;

        public string FunctionName => settings.Name;

        public string FunctionVersion => "$LATEST";

        public ICognitoIdentity? Identity => null;

        public string InvokedFunctionArn => invocation.FunctionArn;

        public ILambdaLogger? Logger => null;

        public string LogGroupName => $"/aws/lambda/{settings.Name}";

        public string LogStreamName => "in-process";

        public int MemoryLimitInMB => settings.MemorySize;

        public TimeSpan RemainingTime => invocation.RemainingTime;
    }
}
