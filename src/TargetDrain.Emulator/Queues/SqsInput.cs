using System.Buffers;

namespace TargetDrain.Emulator.Queues;

/// <summary>Reads and checks the members of an SQS request.</summary>
internal static class SqsInput
{
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public static string Required(JsonObject input, string member) =>
        (string?)input[member] is { Length: > 0 } text ? text : throw SqsError.Missing(member);

    /// <summary>A whole number of seconds, or null when it is not given.</summary>
    public static TimeSpan? Seconds(JsonObject input, string member, int min, int max) =>
        Whole(input, member, min, max) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public static int? Whole(JsonObject input, string member, int min, int max)
    {
        if (input[member] is not { } node) return null;
        if (node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<int>(out var number) && number >= min && number <= max)
            return number;
        throw SqsError.InvalidParameter(
            node.ToString(), member, string.Create(CultureInfo.InvariantCulture, $"Must be between {min} and {max}, if provided."));
    }

    public static HashSet<string> Names(JsonObject input, params ReadOnlySpan<string> members)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
            foreach (var name in input[member] as JsonArray ?? [])
                names.Add((string?)name ?? "");
        return names;
    }

    /// <summary>The entries of a batch by id, in order; the rules that fail a batch as a whole are checked here.</summary>
    public static IReadOnlyList<(string Id, JsonObject Entry)> Batch(string operation, JsonObject input)
    {
        var entries = input["Entries"] as JsonArray ?? [];
        if (entries.Count == 0) throw SqsError.EmptyBatch(operation);
        if (entries.Count > 10) throw SqsError.TooManyEntries(entries.Count);
        var batch = new List<(string, JsonObject)>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries.OfType<JsonObject>())
        {
            var id = (string?)entry["Id"] ?? throw SqsError.Missing("Id");
            if (id.Length is 0 or > 80 || id.AsSpan().ContainsAnyExcept(IdCharacters)) throw SqsError.InvalidEntryId();
            if (!ids.Add(id)) throw SqsError.IdsNotDistinct(id);
            batch.Add((id, entry));
        }
        return batch;
    }

    /// <summary>What counts against the size limits: the body, and the names, types and values of the attributes.</summary>
    public static long Size(string body, IReadOnlyDictionary<string, MessageAttribute> attributes) =>
        Encoding.UTF8.GetByteCount(body) + attributes.Sum(pair => (long)Encoding.UTF8.GetByteCount(pair.Key) + pair.Value.Bytes);

    public static void CheckContents(string body)
    {
        for (var i = 0; i < body.Length; i++)
        {
            var c = body[i];
            if (char.IsHighSurrogate(c) && i + 1 < body.Length && char.IsLowSurrogate(body[i + 1])) i++;
            else if (c is not ('\t' or '\n' or '\r' or (>= ' ' and <= '\uD7FF') or (>= '\uE000' and <= '\uFFFD')))
                throw SqsError.InvalidContents();
        }
    }
}
