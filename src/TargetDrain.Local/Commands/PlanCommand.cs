using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectre.Console;
using TargetDrain.Local.Calls;
using TargetDrain.Local.Inspect;

namespace TargetDrain.Local.Commands;

/// <summary>What would be done for an instance, and why; nothing is changed.</summary>
internal static partial class PlanCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "The plan as JSON, for programs." };

    public static Argument<string> Instance { get; } = InstanceArgument();

    public static Command Create()
    {
        var command = new Command("plan", "Show what would be deregistered for an instance, what not, and why. Changes nothing.") { Instance, Json };
        foreach (var option in Account.Options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
            RunAsync(Terminal.Create(), parsed.GetValue(Instance)!, Account.Of(parsed), parsed.GetValue(Json), cancellation));
        return command.WithHelp(
            "0 the plan is complete, 1 something did not answer, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain plan i-0123456789abcdef0 --region eu-central-1 --profile prod",
            "TARGET_GROUP_NAMES='web-*' target-drain plan i-0123456789abcdef0 --json");
    }

    /// <summary>Makes the plan, with the number of groups looked into while it takes long.</summary>
    public static Task<DrainPlan> MakeAsync(IAnsiConsole console, string instanceId, Connection connection, bool quiet, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var planner = new DrainPlanner(connection.Aws, Account.Gentle(clock), Scope.FromEnvironment(), clock);
        return CallProgress.WhileAsync(console, !quiet, connection.Watch, "Looking", progress => planner.MakeAsync(
            instanceId, (done, all) => progress.Doing = $"Looked into {done} of {all} target groups", cancellation));
    }

    private static async Task<int> RunAsync(IAnsiConsole console, string instanceId, Account account, bool json, CancellationToken cancellation)
    {
        var connection = account.Connect();
        var identity = await Identity.TellAsync(console, connection, quiet: json, cancellation);
        var plan = await MakeAsync(console, instanceId, connection, quiet: json, cancellation) with { Identity = identity };
        if (json) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(plan, PlanJson.Default.DrainPlan));
        else PlanPrinter.Print(console, plan);
        return plan.IsComplete ? ExitCode.Done : ExitCode.Finding;
    }

    private static Argument<string> InstanceArgument()
    {
        var argument = new Argument<string>("instance-id") { Description = "Such as i-0123456789abcdef0." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !InstanceId().IsMatch(token.Value))
                result.AddError($"instance-id is '{token.Value}'; it must look like i-0123456789abcdef0.");
        });
        return argument;
    }

    [GeneratedRegex("^i-([0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex InstanceId();
}
