using System.CommandLine;
using System.Text.Json;
using Amazon.Lambda.RuntimeSupport;
using TargetDrain.Benchmarks.Strategies;
using TargetDrain.Emulator.Lambda;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>The naive way in C#, behind the Lambda Runtime API: what "peers" starts as a process of its own.</summary>
internal static class NaiveFunctionCommand
{
    private const string Name = "naive-function";

    public static FunctionCommand AsProcess => new(Path.Combine(AppContext.BaseDirectory, "TargetDrain.Benchmarks.dll"), Name);

    public static Command Create()
    {
        var command = new Command(Name, "A naive function, for peers.") { Hidden = true };
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task RunAsync(CancellationToken cancellation)
    {
        var aws = AwsClients.FromEnvironment();
        using var bootstrap = LambdaBootstrapBuilder.Create((Stream payload) => HandleAsync(aws, payload)).Build();
        await bootstrap.RunAsync(cancellation);
    }

    private static async Task HandleAsync(AwsClients aws, Stream payload)
    {
        using var document = await JsonDocument.ParseAsync(payload);
        var detail = document.RootElement.GetProperty("detail");
        var instance = Text("EC2InstanceId");
        var naive = new NaiveDrain(aws, TimeProvider.System);
        var groups = await naive.TakeOutAsync(instance);
        await naive.WaitAsync(instance, groups);
        await naive.CompleteAsync(instance, Text("AutoScalingGroupName"), Text("LifecycleHookName"));

        string Text(string member) => detail.GetProperty(member).GetString()!;
    }
}
