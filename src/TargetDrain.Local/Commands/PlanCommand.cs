using System.Text.RegularExpressions;
using TargetDrain.Local.Diagnostics;
using TargetDrain.Local.Planning;
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

    public static Task<DrainPlan> MakeAsync(Session session, string instanceId, DrainOptions options) => session.WhileLookingAsync(
        "Looking", progress => new DrainPlanner(session.Aws, session.Api, options).MakeAsync(instanceId, progress, session.Cancellation));

    public static async Task<int> RunAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation)
    {
        var session = new Session(console, connection, parsed.GetValue(Json), cancellation);
        var identity = await Identity.TellAsync(session);
        var options = (await Configuration.FindAsync(session, parsed, identity)).Options;
        if (parsed.GetValue(Orphans)) return await ListOrphansAsync(session, identity, options);
        if (parsed.GetValue(OptionalInstance) is not { } instance) return await SurveyAsync(session, parsed.GetValue(ScalingGroup), identity, options);
        var plan = await MakeAsync(session, instance, options) with { Identity = identity };
        await session.ShowAsync(plan, AnswerJson.Default.DrainPlan, PlanPrinter.Print);
        return plan.IsComplete ? ExitCode.Done : ExitCode.Finding;
    }

    private static async Task<int> SurveyAsync(Session session, string? scalingGroup, Identity identity, DrainOptions options)
    {
        var survey = await session.WhileLookingAsync("Listing groups and instances", progress =>
            new Surveyor(session.Aws, session.Api, options).SurveyAsync(identity, scalingGroup, progress, session.Cancellation));
        await session.ShowAsync(survey, AnswerJson.Default.AccountSurvey, SurveyPrinter.Print);
        return survey.Problems.Count == 0 ? ExitCode.Done : ExitCode.Finding;
    }

    private static async Task<int> ListOrphansAsync(Session session, Identity identity, DrainOptions options)
    {
        var list = await session.WhileLookingAsync("Listing target groups", progress =>
            OrphanList.ReadAsync(session.Aws, session.Api, identity, options, progress, session.Cancellation));
        await session.ShowAsync(list, AnswerJson.Default.OrphanList, (console, orphans) => orphans.Print(console));
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
