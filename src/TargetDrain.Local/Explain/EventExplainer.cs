using TargetDrain.Events;
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
            // Editors write one; so may whoever fills a queue, and the function drops it as well.
            using var document = JsonDocument.Parse(payload.AsMemory(payload.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0));
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
            return new Explanation(name) { Facts = [.. reader.Read(message.Body, FunctionLocation.Unknown, message.SentAt).SelectMany(Of)] };
        }
        catch (MalformedMessageException malformed)
        {
            return new Explanation(name) { Problem = $"{malformed.Message} In the queue it would end as a dead letter after {options.MaxReceiveCount} attempts." };
        }
    }

    private IEnumerable<Fact> Of(ParsedMessage parsed) => parsed switch
    {
        ParsedMessage.Notice { Value: var notice } => Of(notice),
        ParsedMessage.Ticket { Value: var ticket } => Of(ticket),
        ParsedMessage.Ignored ignored => [new("kind", ignored.Kind), new("ignored", ignored.Why)],
        _ => [],
    };

    private IEnumerable<Fact> Of(TerminationNotice notice)
    {
        yield return new("kind", notice.Reason.ToString());
        yield return new("instance", notice.InstanceId);
        yield return new("time", $"{notice.Time:u}");
        yield return new("lifecycle action", notice.Action is { } action ? $"hook {action.HookName} of {action.GroupName}, token {action.Token}" : "none");
        yield return new("acted upon", ReasonText.Condition(notice, options));
        yield return new("then complete", notice.Action is null ? "no: no lifecycle action pending" : $"yes ({ReasonText.Results(options)})");
        yield return new("urgency", notice.Urgency.ToString());
        if (options.DryRun) yield return new("dry run", "nothing of this is done, only logged");
    }

    private static IEnumerable<Fact> Of(DrainTicket ticket)
    {
        yield return new("kind", "drain ticket (our own)");
        yield return new("instance", ticket.InstanceId);
        foreach (var action in ticket.Actions) yield return new("lifecycle action", $"hook {action.HookName} of {action.GroupName}, token {action.Token}");
        yield return new("look again", ticket.LookAt is { } look ? $"at {look:u}" : "at once");
        if (ticket.DrainsEndBy is { } end) yield return new("drains end by", $"{end:u}");
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
