using Amazon.EC2.Model;
using Amazon.SQS.Model;
using TargetDrain.Local.Diagnostics;
using TargetDrain.Local.Draining;
using TargetDrain.Local.Planning;
using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Commands;

/// <summary>Asks the installed function to take an instance out, and may wait for it and end the instance.</summary>
internal static class DrainCommand
{
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask, neither before draining nor before terminating." };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Show the targets leave, and end when the last one has." };

    private static readonly Option<bool> ThenTerminate = new("--then-terminate")
    {
        Description = "Wait, and when nothing is left ask again and terminate the instance.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "What was done as JSON, for programs; needs --yes." };

    public static Command Create()
    {
        var command = new Command("drain", "Ask the installed TargetDrain to take an instance out of its target groups, after showing the plan.")
        {
            PlanCommand.Instance, Configuration.StackOption, InstalledQueue.UrlOption, InstalledQueue.NameOption, Wait, ThenTerminate, Yes, Json,
        };
        foreach (var option in Account.Options) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Json) is { Implicit: false } && result.GetResult(Yes) is not { Implicit: false }) result.AddError("--json needs --yes: a question has no place in JSON.");
        });
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command.WithHelp(
            "0 the request is in the queue, or all have left, 1 you said no, there is nothing to do, or some are left, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain drain i-0123456789abcdef0 --wait", "target-drain drain i-0123456789abcdef0 --then-terminate --yes --json");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (instanceId, json, account, console) = (parsed.GetValue(PlanCommand.Instance)!, parsed.GetValue(Json), Account.Of(parsed), Terminal.Create());
        if (!parsed.GetValue(Yes) && Console.IsInputRedirected)
            throw new WrongUseException("Nobody can be asked here, since the input is no terminal. Add --yes to drain without asking.");
        var session = new Session(console, account.Connect(), json, cancellation);
        var identity = await Identity.TellAsync(session);
        var configuration = await Configuration.FindAsync(session, parsed, identity);
        var isWaiting = parsed.GetValue(Wait) || parsed.GetValue(ThenTerminate);
        if (configuration.Options.DryRun && isWaiting) throw new WrongUseException("TargetDrain is in dry run: no target would leave, so there is nothing to wait for.");
        var queueUrl = await InstalledQueue.UrlAsync(session, parsed, configuration.Stack);
        var plan = await PlanCommand.MakeAsync(session, instanceId, configuration.Options) with { Identity = identity };
        var undo = RegisterCommands.Of(plan.Targets, identity, account.Profile);
        var dialogue = new DrainDialogue(json ? null : console, identity, instanceId, parsed.GetValue(Yes));
        if (!json) PlanPrinter.Print(console, plan);
        var report = new DrainReport(plan, queueUrl, null, null, false, undo);

        if (undo.Count == 0 && !(isWaiting && plan.Targets.Count > 0))
        {
            dialogue.Tell(plan.IsComplete
                ? "There is nothing to take out; no request was sent."
                : "Nothing was found to take out, but not everything was answered (see above); no request was sent. Try again.");
            return Finish(report, json, ExitCode.Finding);
        }
        if (undo.Count > 0)
        {
            if (!await dialogue.MayDrainAsync(undo.Count, configuration.Options.DryRun, cancellation)) return Finish(report, json, ExitCode.Finding);
            var sent = await session.Aws.Queues.SendMessageAsync(new SendMessageRequest(queueUrl, OperatorEvent.Write(instanceId, TimeProvider.System.GetUtcNow())), cancellation);
            report = report with { MessageId = sent.MessageId };
            dialogue.Tell($"Asked, with message {sent.MessageId} in {queueUrl}.");
        }
        if (!isWaiting)
        {
            dialogue.Tell($"It works within seconds; \"target-drain plan {instanceId}\" shows how far it is.");
            if (!configuration.Options.DryRun) dialogue.TellUndo(undo);
            return Finish(report, json, ExitCode.Done);
        }
        var watch = new DrainWatch(session.Aws, session.Api, plan.Targets, configuration.Options.DrainMargin, TimeProvider.System);
        report = report with { Drained = await dialogue.FollowAsync(watch, undo, parsed.GetValue(ThenTerminate), cancellation) };
        if (report.Drained == true && parsed.GetValue(ThenTerminate))
            report = report with { Terminated = await TerminateAsync(session, dialogue, configuration.Options, instanceId) };
        return Finish(report, json, report.Drained == true && report.Terminated == parsed.GetValue(ThenTerminate) ? ExitCode.Done : ExitCode.Finding);
    }

    /// <summary>Only after one more look: something may have registered it anew.</summary>
    private static async Task<bool> TerminateAsync(Session session, DrainDialogue dialogue, DrainOptions options, string instanceId)
    {
        var now = await PlanCommand.MakeAsync(session, instanceId, options);
        if (now.Targets.Count > 0 || !now.IsComplete)
        {
            dialogue.Tell(now.Targets.Count > 0
                ? $"It was not terminated: by now it is registered again in {string.Join(", ", now.Targets.Select(target => target.Group).Distinct())}."
                : $"It was not terminated, since not everything was answered: {string.Join(" ", now.Problems)}");
            return false;
        }
        if (!await dialogue.MayTerminateAsync(now.AutoScaling, session.Cancellation)) return false;
        var answer = await session.Aws.Compute.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [instanceId] }, session.Cancellation);
        dialogue.Tell($"{instanceId} is {answer.TerminatingInstances?.FirstOrDefault()?.CurrentState?.Name?.Value ?? "being terminated"}.");
        return true;
    }

    private static int Finish(DrainReport report, bool json, int exitCode)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(report, AnswerJson.Default.DrainReport));
        return exitCode;
    }
}
