using System.Text.RegularExpressions;
using TargetDrain.Local.Diagnostics;
using TargetDrain.Local.Stacks;
using TargetDrain.Local.Survey;

namespace TargetDrain.Local.Commands;

/// <summary>What would be done for an instance, and why; nothing is changed.</summary>
internal static partial class PlanCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "The plan as JSON, for programs." };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Instead of one instance: all registrations of the account that nobody drains today, per target group.",
    };

    private static readonly Option<string?> ScalingGroup = new("--auto-scaling-group")
    {
        Description = "The same for the instances of one Auto Scaling group.",
        HelpName = "name",
    };

    private static readonly Option<bool> Orphans = new("--orphans")
    {
        Description = "Registered targets that belong to nothing any more, as the reconciler would find them.",
    };

    private static readonly Argument<string> OptionalInstance = InstanceArgument(ArgumentArity.ZeroOrOne);

    public static Argument<string> Instance { get; } = InstanceArgument(ArgumentArity.ExactlyOne);

    public static Command Create()
    {
        var command = new Command("plan", "Show what would be deregistered for an instance, what not, and why. Changes nothing.")
        {
            OptionalInstance, All, ScalingGroup, Orphans, Configuration.StackOption, Json,
        };
        foreach (var option in Account.Options) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            // Not their values: asking for those here would pass over the checks of their own.
            var ways = (result.GetResult(OptionalInstance) is { Tokens.Count: > 0 } ? 1 : 0)
                + (result.GetResult(All) is { Implicit: false } ? 1 : 0) + (result.GetResult(ScalingGroup) is { Implicit: false } ? 1 : 0)
                + (result.GetResult(Orphans) is { Implicit: false } ? 1 : 0);
            if (ways != 1) result.AddError("Name one of: an instance-id, --all, --auto-scaling-group, or --orphans.");
        });
        command.SetAction((parsed, cancellation) => RunAsync(Terminal.Create(), parsed, Account.Of(parsed).Connect(), cancellation));
        return command.WithHelp(
            "0 the plan is complete, 1 something did not answer, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain plan i-0123456789abcdef0 --region eu-central-1 --profile prod",
            "target-drain plan --all", "target-drain plan --auto-scaling-group shop --json", "target-drain plan --orphans",
            "TARGET_GROUP_NAMES='web-*' target-drain plan i-0123456789abcdef0");
    }

    /// <summary>Makes the plan, with the number of groups looked into while it takes long.</summary>
    public static Task<DrainPlan> MakeAsync(
        IAnsiConsole console, string instanceId, Connection connection, DrainOptions options, bool quiet, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var planner = new DrainPlanner(connection.Aws, Account.RateLimited(clock), options, clock);
        return CallProgress.WhileAsync(console, !quiet, connection.Watch, "Looking", progress => planner.MakeAsync(
            instanceId, (done, all) => progress.Doing = $"Looked into {done} of {all} target groups", cancellation));
    }

    public static async Task<int> RunAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation)
    {
        var json = parsed.GetValue(Json);
        var identity = await Identity.TellAsync(console, connection, json, cancellation);
        var configuration = await Configuration.FindAsync(console, parsed, connection, identity, json, cancellation);
        if (parsed.GetValue(Orphans)) return await ListOrphansAsync(console, connection, identity, configuration.Options, json, cancellation);
        if (parsed.GetValue(OptionalInstance) is not { } instance)
            return await SurveyAsync(console, parsed.GetValue(ScalingGroup), connection, identity, configuration.Options, json, cancellation);
        var plan = await MakeAsync(console, instance, connection, configuration.Options, json, cancellation) with { Identity = identity };
        if (json) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(plan, PlanJson.Default.DrainPlan));
        else PlanPrinter.Print(console, plan);
        return plan.IsComplete ? ExitCode.Done : ExitCode.Finding;
    }

    private static async Task<int> SurveyAsync(
        IAnsiConsole console, string? scalingGroup, Connection connection, Identity identity, DrainOptions options, bool json, CancellationToken cancellation)
    {
        var surveyor = new Surveyor(connection.Aws, Account.RateLimited(TimeProvider.System), options);
        var survey = await CallProgress.WhileAsync(console, !json, connection.Watch, "Listing groups and instances", progress => surveyor.SurveyAsync(
            identity, scalingGroup, (done, all) => progress.Doing = $"Looked into {done} of {all} target groups", cancellation));
        if (json) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(survey, SurveyJson.Default.AccountSurvey));
        else SurveyPrinter.Print(console, survey);
        return survey.Problems.Count == 0 ? ExitCode.Done : ExitCode.Finding;
    }

    private static async Task<int> ListOrphansAsync(
        IAnsiConsole console, Connection connection, Identity identity, DrainOptions options, bool json, CancellationToken cancellation)
    {
        var list = await CallProgress.WhileAsync(console, !json, connection.Watch, "Listing target groups", progress => OrphanList.ReadAsync(
            connection.Aws, Account.RateLimited(TimeProvider.System), identity, options,
            (done, all) => progress.Doing = $"Looked into {done} of {all} target groups", cancellation));
        if (json) await Console.Out.WriteLineAsync(JsonSerializer.Serialize(list, OrphanJson.Default.OrphanList));
        else list.Print(console);
        return list.Problems.Count == 0 ? ExitCode.Done : ExitCode.Finding;
    }

    private static Argument<string> InstanceArgument(ArgumentArity arity)
    {
        var argument = new Argument<string>("instance-id") { Description = "Such as i-0123456789abcdef0.", Arity = arity };
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
