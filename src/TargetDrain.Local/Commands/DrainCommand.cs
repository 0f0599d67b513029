using System.CommandLine;
using Amazon.SQS.Model;
using Spectre.Console;
using TargetDrain.Local.Calls;
using TargetDrain.Local.Diagnostics;

namespace TargetDrain.Local.Commands;

/// <summary>Asks the installed function to take an instance out.</summary>
internal static class DrainCommand
{
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static Command Create()
    {
        var command = new Command("drain", "Ask the installed TargetDrain to take an instance out of its target groups, after showing the plan.")
        {
            PlanCommand.Instance, InstalledQueue.UrlOption, InstalledQueue.NameOption, Yes,
        };
        foreach (var option in Account.Options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(Terminal.Create(), parsed, cancellation));
        return command.WithHelp(
            "0 the request is in the queue, 1 you said no, or there is nothing to do, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain drain i-0123456789abcdef0 --queue-url https://sqs.eu-central-1.amazonaws.com/123456789012/target-drain");
    }

    private static async Task<int> RunAsync(IAnsiConsole console, ParseResult parsed, CancellationToken cancellation)
    {
        var instanceId = parsed.GetValue(PlanCommand.Instance)!;
        var account = Account.Of(parsed);
        if (!parsed.GetValue(Yes) && Console.IsInputRedirected)
            throw new WrongUseException("Nobody can be asked here, since the input is no terminal. Add --yes to drain without asking.");
        var connection = account.Connect();
        var identity = await Identity.TellAsync(console, connection, quiet: false, cancellation);
        var queues = connection.Aws.Queues;
        var queueUrl = await CallProgress.WhileAsync(
            console, mayRedraw: true, connection.Watch, "Looking for the queue", _ => InstalledQueue.UrlAsync(parsed, queues, cancellation));
        var plan = await PlanCommand.MakeAsync(console, instanceId, connection, quiet: false, cancellation);
        PlanPrinter.Print(console, plan);
        console.WriteLine();
        var groups = plan.Targets.Where(target => target.State == "registered").Select(target => target.GroupArn).Distinct().Count();
        if (groups == 0)
        {
            console.WriteLine(plan.IsComplete
                ? "There is nothing to take out; no request was sent."
                : "Nothing was found to take out, but not everything was answered (see above); no request was sent. Try again.");
            return ExitCode.Finding;
        }
        var question = $"Take {instanceId} out of {groups} target {(groups == 1 ? "group" : "groups")} now, in {identity.Place}?";
        if (!parsed.GetValue(Yes) && !await new ConfirmationPrompt(question) { DefaultValue = false }.ShowAsync(console, cancellation))
        {
            console.WriteLine("Nothing was sent.");
            return ExitCode.Finding;
        }
        var request = new SendMessageRequest(queueUrl, OperatorEvent.Write(instanceId, TimeProvider.System.GetUtcNow()));
        var sent = await queues.SendMessageAsync(request, cancellation);
        console.WriteLine($"Asked, with message {sent.MessageId} in {queueUrl}.");
        console.WriteLine($"It works within seconds; \"target-drain plan {instanceId}\" shows how far it is.");
        return ExitCode.Done;
    }
}
