using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Lambda;

/// <summary>
/// Reads {"batchItemFailures":[{"itemIdentifier":"message id"}]} as Lambda does: nothing or an empty list is success;
/// an answer it cannot follow, or an identifier it does not know, fails the whole batch.
/// </summary>
internal static class BatchAnswer
{
    /// <returns>Ids of the messages that stay in the queue.</returns>
    public static IReadOnlySet<string> Failed(InvocationResult result, IReadOnlyList<ReceivedMessage> messages, bool reportsFailures)
    {
        var all = messages.Select(message => message.MessageId).ToHashSet(StringComparer.Ordinal);
        if (!result.Succeeded) return all;
        if (!reportsFailures) return new HashSet<string>();
        return Reported(result.Payload) is { } reported && reported.IsSubsetOf(all) ? reported : all;
    }

    private static HashSet<string>? Reported(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty) return [];
        try
        {
            var answer = JsonNode.Parse(payload.Span);
            if (answer is null) return [];
            if (answer is not JsonObject fields) return null;
            if (fields["batchItemFailures"] is not { } failures) return [];
            if (failures is not JsonArray list) return null;
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in list)
            {
                var id = (item as JsonObject)?["itemIdentifier"];
                if (id?.GetValueKind() != JsonValueKind.String) return null;
                ids.Add(id.GetValue<string>());
            }
            return ids;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
