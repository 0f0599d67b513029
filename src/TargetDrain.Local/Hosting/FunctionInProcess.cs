using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Events;

namespace TargetDrain.Local.Hosting;

/// <summary>
/// The function in this process, on the emulator's clock: the code that is deployed, with the emulated AWS behind its
/// clients and the journal behind its output.
/// </summary>
internal static class FunctionInProcess
{
    /// <summary>One execution environment, freshly started, with caches and rate gates of its own.</summary>
    public static FunctionHandler Start(World world, LambdaSettings settings, string accessKeyId, Func<double> random)
    {
        var options = DrainOptions.FromEnvironment(name => settings.Environment.GetValueOrDefault(name));
        var clients = AwsClients.Create(new InProcessTransport(world), new BasicAWSCredentials(accessKeyId, "secret"), world.Options.Region);
        var function = Function.Create(
            options, clients, world.Clock, new JournalLog(world.Journal), new JournalWriter(world.Journal), settings.Name, random);
        return async (payload, invocation, _) =>
        {
            using var document = JsonDocument.Parse(payload);
            var answer = await function.HandleAsync(document.RootElement, new Context(invocation, settings));
            return JsonSerializer.SerializeToUtf8Bytes(answer, EventJson.Default.SQSBatchResponse);
        };
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
