using System.CommandLine;
using System.Text.Json;
using TargetDrain.Events;
using TargetDrain.Queue;

namespace TargetDrain.Local.Commands;

/// <summary>What the function would do with an event, told without AWS.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<FileInfo[]> Files = new("event.json")
    {
        Description = "Events as Lambda or the queue gets them: EventBridge, SQS, SNS, a hook's own notification, a drain ticket.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command(
            "explain",
            "Tell what the function would do with event files, by the variables set here and from whatever account they are.") { Files };
        command.WithHelp(
            "0 every event was understood, 2 one was not",
            "target-drain explain event.json", "DRY_RUN=true target-drain explain tests/samples/events/*.json");
        command.SetAction(parsed => Run(parsed.GetValue(Files)!, Environment.GetEnvironmentVariable, Console.Out, Console.Error));
        return command;
    }

    /// <returns>0 when every file was understood, 2 when one was not.</returns>
    public static int Run(IEnumerable<FileInfo> files, Func<string, string?> variable, TextWriter output, TextWriter errors)
    {
        DrainOptions options;
        try
        {
            options = DrainOptions.FromEnvironment(name => variable(name) ?? (name == "QUEUE_URL" ? "https://sqs/not-used" : null));
        }
        catch (ConfigurationException wrong)
        {
            errors.WriteLine(wrong.Message);
            return ExitCode.WrongUse;
        }
        var reader = new EventReader(options, TimeProvider.System);
        var understood = true;
        foreach (var file in files) understood &= Explain(file, reader, options, output, errors);
        return understood ? 0 : ExitCode.WrongUse;
    }

    private static bool Explain(FileInfo file, EventReader reader, DrainOptions options, TextWriter output, TextWriter errors)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file.FullName));
            var messages = Envelope.Open(document.RootElement);
            var understood = true;
            foreach (var message in messages)
                understood &= Explain(messages.Count == 1 ? $"{file}" : $"{file}, message {message.Id}", message, reader, options, output, errors);
            return understood;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{file}: cannot be read: {exception.Message}");
        }
        catch (JsonException exception)
        {
            errors.WriteLine($"{file}: is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}); allowed is a JSON object.");
        }
        catch (MalformedMessageException malformed)
        {
            errors.WriteLine($"{file}: {malformed.Message}");
        }
        return false;
    }

    private static bool Explain(
        string name, InboundMessage message, EventReader reader, DrainOptions options, TextWriter output, TextWriter errors)
    {
        try
        {
            var lines = reader.Read(message.Body, EventHome.Unknown) switch
            {
                Reading.Notice notice => Of(notice.Value, options),
                Reading.Ticket ticket => Of(ticket.Value),
                Reading.Note note => [("kind", "note (our own)"), ("already drained", string.Join(", ", note.Value.InstanceIds))],
                Reading.Ignored ignored => [("kind", ignored.Kind), ("ignored", ignored.Why)],
                _ => [],
            };
            output.WriteLine(name);
            foreach (var (label, text) in lines) output.WriteLine($"  {label,-17} {text}");
            output.WriteLine();
            return true;
        }
        catch (MalformedMessageException malformed)
        {
            errors.WriteLine($"{name}: {malformed.Message} In the queue it would end as a dead letter after {options.MaxReceiveCount} attempts.");
            return false;
        }
    }

    private static IEnumerable<(string, string)> Of(TerminationNotice notice, DrainOptions options)
    {
        var policy = ReasonPolicy.For(notice.Reason);
        yield return ("kind", notice.Reason.ToString());
        yield return ("instance", notice.InstanceId);
        yield return ("time", $"{notice.Time:u}");
        yield return ("lifecycle action", notice.Action is { } action ? $"hook {action.HookName} of {action.GroupName}, token {action.Token}" : "none");
        yield return ("deregister", PolicyText.Deregister(policy));
        yield return ("wait", PolicyText.Wait(policy));
        yield return ("complete", policy.Completes ? $"yes ({PolicyText.Results(options)})" : PolicyText.Complete(policy));
        yield return ("urgency", policy.Urgency.ToString());
        yield return ("time budget", PolicyText.Budget(policy));
        if (options.DryRun) yield return ("dry run", "nothing of this is done, only logged");
    }

    private static IEnumerable<(string, string)> Of(DrainTicket ticket)
    {
        yield return ("kind", "drain ticket (our own)");
        yield return ("instance", ticket.InstanceId);
        foreach (var action in ticket.Actions) yield return ("lifecycle action", $"hook {action.HookName} of {action.GroupName}, token {action.Token}");
        foreach (var group in ticket.Groups) yield return ("look again at", $"{string.Join(", ", group.TargetIds)} in {group.Arn}");
        yield return ("time is up", $"{ticket.Deadline:u}");
    }
}
