using System.Text.Json;
using TargetDrain.Events;
using TargetDrain.Local.Commands;
using TargetDrain.Queue;

namespace TargetDrain.Local.Explain;

/// <summary>Reads an event with the function's own classes, byte by byte as Lambda hands it over.</summary>
internal sealed class EventExplainer(DrainOptions options)
{
    // What System.Text.Json, and with it the function, follows.
    private const int DeepestNesting = 64;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly EventReader reader = new(options, TimeProvider.System);

    /// <param name="name">What the explanations are to be headed with.</param>
    public IReadOnlyList<Explanation> Explain(string name, byte[] payload)
    {
        try
        {
            if (payload.AsSpan().StartsWith(ByteOrderMark))
                return Failed(name, "begins with a byte-order mark, which the function does not take; save it as UTF-8 without one.");
            using var document = JsonDocument.Parse(payload);
            var messages = Envelope.Open(document.RootElement);
            return [.. messages.Select(message => Explain(messages.Count == 1 ? name : $"{name}, message {message.Id}", message))];
        }
        catch (JsonException) when (IsTooDeep(payload))
        {
            return Failed(name, $"nests deeper than {DeepestNesting} levels, which the function does not follow.");
        }
        catch (JsonException exception)
        {
            return Failed(name, $"is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}); allowed is a JSON object.");
        }
        catch (MalformedMessageException malformed)
        {
            return Failed(name, malformed.Message);
        }
    }

    private Explanation Explain(string name, InboundMessage message)
    {
        try
        {
            return new Explanation(name)
            {
                Facts = [.. (reader.Read(message.Body, EventHome.Unknown) switch
                {
                    Reading.Notice notice => Of(notice.Value),
                    Reading.Ticket ticket => Of(ticket.Value),
                    Reading.Note note => [new("kind", "note (our own)"), new("already drained", string.Join(", ", note.Value.InstanceIds))],
                    Reading.Ignored ignored => [new("kind", ignored.Kind), new("ignored", ignored.Why)],
                    _ => Enumerable.Empty<Fact>(),
                })],
            };
        }
        catch (MalformedMessageException malformed)
        {
            return new Explanation(name) { Problem = $"{malformed.Message} In the queue it would end as a dead letter after {options.MaxReceiveCount} attempts." };
        }
    }

    private IEnumerable<Fact> Of(TerminationNotice notice)
    {
        var policy = ReasonPolicy.For(notice.Reason);
        yield return new("kind", notice.Reason.ToString());
        yield return new("instance", notice.InstanceId);
        yield return new("time", $"{notice.Time:u}");
        yield return new("lifecycle action", notice.Action is { } action ? $"hook {action.HookName} of {action.GroupName}, token {action.Token}" : "none");
        yield return new("deregister", PolicyText.Deregister(policy));
        yield return new("wait", PolicyText.Wait(policy));
        yield return new("complete", policy.Completes ? $"yes ({PolicyText.Results(options)})" : PolicyText.Complete(policy));
        yield return new("urgency", policy.Urgency.ToString());
        yield return new("time budget", PolicyText.Budget(policy));
        if (options.DryRun) yield return new("dry run", "nothing of this is done, only logged");
    }

    private static IEnumerable<Fact> Of(DrainTicket ticket)
    {
        yield return new("kind", "drain ticket (our own)");
        yield return new("instance", ticket.InstanceId);
        foreach (var action in ticket.Actions) yield return new("lifecycle action", $"hook {action.HookName} of {action.GroupName}, token {action.Token}");
        foreach (var group in ticket.Groups) yield return new("look again at", $"{string.Join(", ", group.TargetIds)} in {group.Arn}");
        yield return new("time is up", $"{ticket.Deadline:u}");
    }

    // Good JSON, if only one follows it far enough.
    private static bool IsTooDeep(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 1_000_000 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<Explanation> Failed(string name, string problem) => [new Explanation(name) { Problem = problem }];
}
