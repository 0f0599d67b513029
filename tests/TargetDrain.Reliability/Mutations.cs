using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TargetDrain.Reliability;

/// <summary>Makes of a message that is right one that may not be.</summary>
internal sealed class Mutations(Random random)
{
    private static readonly string[] Odd =
    [
        "null", "true", "-1", "0", "1e999", "123456789012345678901234567890", "\"\"", "\" \"", "[]", "{}", "[null]", "[[[[1]]]]", "\"i-\"", "\"i-xyz\"",
        "\"i-0123456789abcdef0\"", "\"I-0123456789ABCDEF0\"", "\"i-0123456789abcdef01\"", "\"\\ud800\"", "\"a\\u0000b\\nc\\u001bd\"", "\"2026-01-01T00:00:00Z\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"not a time\"", "2147483648", "-9223372036854775809", "\"autoscaling:TEST_NOTIFICATION\"",
    ];

    /// <summary>Members dropped, doubled, swapped and replaced; the result is JSON, but for what is put in on purpose.</summary>
    public string Structure(string sample)
    {
        JsonNode root;
        try
        {
            root = JsonNode.Parse(sample)!;
        }
        catch (JsonException)
        {
            return Bytes(sample);
        }
        for (var times = random.Next(1, 4); times > 0; times--) Change(Pick(root));
        string text;
        try
        {
            text = root.ToJsonString();
        }
        // Half a surrogate pair from an earlier change: fit for the reader, but not to be written again.
        catch (InvalidOperationException)
        {
            return Bytes(sample);
        }
        // What a JsonNode cannot hold goes in by name.
        for (var i = 0; i < Odd.Length; i++) text = text.Replace($"\"@odd@{i}@\"", Odd[i], StringComparison.Ordinal);
        return text;
    }

    /// <summary>Bytes flipped, cut out, doubled and inserted.</summary>
    public string Bytes(string sample)
    {
        var bytes = Encoding.UTF8.GetBytes(sample).ToList();
        for (var times = random.Next(1, 6); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>As large as a message may be: one long string, an array without end, or brackets in brackets.</summary>
    public string Huge(string sample, int size)
    {
        var room = size - sample.Length - 64;
        var filling = random.Next(4) switch
        {
            0 => $"\"{new string('x', room - 2)}\"",
            1 => $"[{string.Concat(Enumerable.Repeat("1,", room / 2 - 2))}1]",
            2 => string.Concat(new string('[', room / 2), new string(']', room / 2)),
            _ => new string('9', room),
        };
        var name = random.Next(3) switch { 0 => "detail", 1 => "unknown", _ => "Message" };
        return sample.StartsWith('{') ? $"{{\"{name}\":{filling},{sample.AsSpan(1)}" : filling;
    }

    private JsonNode Pick(JsonNode node)
    {
        while (true)
        {
            var inner = node switch
            {
                JsonObject fields => fields.Select(field => field.Value).Where(value => value is JsonObject or JsonArray).ToList(),
                JsonArray items => items.Where(value => value is JsonObject or JsonArray).ToList(),
                _ => [],
            };
            if (inner.Count == 0 || random.Next(3) == 0) return node;
            node = inner[random.Next(inner.Count)]!;
        }
    }

    private void Change(JsonNode node)
    {
        if (node is JsonObject { Count: > 0 } fields)
        {
            var name = fields.ElementAt(random.Next(fields.Count)).Key;
            switch (random.Next(6))
            {
                case 0: fields.Remove(name); break;
                case 1: fields[name] = null; break;
                case 2: fields[$"unknown{random.Next(9)}"] = "anything"; break;
                case 3: Rename(fields, name, name.ToUpperInvariant()); break;
                case 4 when fields[name] is JsonValue value && value.TryGetValue<string>(out var text): fields[name] = Bent(text); break;
                default: fields[name] = $"@odd@{random.Next(Odd.Length)}@"; break;
            }
        }
        else if (node is JsonArray items)
        {
            if (items.Count > 0 && random.Next(2) == 0) items.RemoveAt(random.Next(items.Count));
            else items.Add((JsonNode?)(random.Next(2) == 0 ? null : JsonValue.Create($"@odd@{random.Next(Odd.Length)}@")));
        }
    }

    private static void Rename(JsonObject fields, string name, string to)
    {
        if (fields.ContainsKey(to)) return;
        var value = fields[name];
        fields.Remove(name);
        fields[to] = value;
    }

    // A string that holds JSON is changed inside, others in their letters.
    private string Bent(string text)
    {
        if (text.StartsWith('{')) return Structure(text);
        if (text.Length == 0) return "x";
        var at = random.Next(text.Length);
        return random.Next(3) switch
        {
            0 => text[..at],
            1 => $"{text[..at]}\r\n{(char)random.Next(32)}{text[at..]}",
            _ => $"{text[..at]}{(char)random.Next(33, 0x3000)}{text[(at + 1)..]}",
        };
    }
}
