using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TargetDrain.Events;
using TargetDrain.Queue;

namespace TargetDrain.Reliability;

/// <summary>What became of many inputs.</summary>
internal sealed record FuzzResult(int Inputs, int Refused, int Ignored, int Notices, int Tickets, TimeSpan Slowest, IReadOnlyList<string> Broken);

/// <summary>
/// Samples of every message, mutated in structure and in bytes. The reader may refuse, ignore or understand; it must
/// not throw anything else, not take long, and not name an instance that the input does not name.
/// </summary>
internal sealed class Fuzz(int seed)
{
    private const int LargestMessage = 1024 * 1024;

    // A machine that is busy with other work must not fail it.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(10);

    private static readonly EventReader Reader = new(new DrainOptions
    {
        QueueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/target-drain", DrainOnRebalance = true, DrainOnTerminateSuccessful = true,
    }, TimeProvider.System);

    private static readonly FunctionLocation Home = new("123456789012", "us-east-1");

    private readonly Random random = new(seed);
    private readonly Mutations mutations = new(new Random(seed + 1));

    public FuzzResult Run(int inputs, TimeProvider clock)
    {
        var (refused, ignored, notices, tickets, slowest, broken) = (0, 0, 0, 0, TimeSpan.Zero, new List<string>());
        for (var i = 0; i < inputs && broken.Count < 10; i++)
        {
            var input = Next(i);
            var started = clock.GetTimestamp();
            try
            {
                // One in ten as Lambda hands it over, the others as the message itself.
                var readings = i % 10 == 0 ? Open(input) : [.. Reader.Read(input, Home)];
                foreach (var reading in readings)
                {
                    if (reading is ParsedMessage.Ignored) ignored++;
                    if (reading is ParsedMessage.Notice) notices++;
                    if (reading is ParsedMessage.Ticket) tickets++;
                    var named = (reading as ParsedMessage.Notice)?.Value.InstanceId ?? (reading as ParsedMessage.Ticket)?.Value.InstanceId;
                    if (named is not null && !Names(input, named)) broken.Add($"names {named}, which is not in: {Short(input)}");
                }
            }
            catch (MalformedMessageException refusal)
            {
                refused++;
                if (refusal.Message.Length > 400 || refusal.Message.Any(char.IsControl)) broken.Add($"no text for a person: {refusal.Message} of {Short(input)}");
            }
            catch (Exception other)
            {
                broken.Add($"seed {seed}, input {i}: {other.GetType().Name}: {other.Message} {Where(other)} of {Short(input)}");
            }
            var took = clock.GetElapsedTime(started);
            if (took > slowest) slowest = took;
            if (took > TooLong) broken.Add($"seed {seed}, input {i} took {took.TotalSeconds:0.0} s: {Short(input)}");
        }
        return new FuzzResult(inputs, refused, ignored, notices, tickets, slowest, broken);
    }

    private static List<ParsedMessage> Open(string input)
    {
        JsonElement payload;
        try
        {
            using var document = JsonDocument.Parse(input);
            payload = document.RootElement.Clone();
        }
        catch (Exception notJson) when (notJson is JsonException or ArgumentException)
        {
            // Lambda accepts JSON only.
            return [];
        }
        return [.. Envelope.Open(payload).SelectMany(message => Reader.Read(message.Body, Home, message.SentAt))];
    }

    private string Next(int i)
    {
        var sample = random.Next(5) == 0 ? Samples.Envelopes[random.Next(Samples.Envelopes.Count)] : Samples.Messages[random.Next(Samples.Messages.Count)];
        if (i % 5000 == 4999) return mutations.Huge(sample, LargestMessage);
        return random.Next(3) == 0 ? mutations.Bytes(sample) : mutations.Structure(sample);
    }

    // An id may be written with escapes, also inside a message inside a message.
    private static bool Names(string input, string instanceId)
    {
        for (var depth = 0; depth < 6; depth++)
        {
            if (input.Contains(instanceId, StringComparison.Ordinal)) return true;
            try
            {
                using var document = JsonDocument.Parse(input);
                var text = new StringBuilder();
                Gather(document.RootElement, text);
                if (text.ToString().Contains(instanceId, StringComparison.Ordinal)) return true;
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("Message", out var inner)) return false;
                input = inner.GetString() ?? "";
            }
            catch (Exception)
            {
                return false;
            }
        }
        return false;
    }

    private static void Gather(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String: text.AppendLine(element.GetString()); break;
            case JsonValueKind.Object: foreach (var property in element.EnumerateObject()) Gather(property.Value, text); break;
            case JsonValueKind.Array: foreach (var item in element.EnumerateArray()) Gather(item, text); break;
        }
    }

    private static string Where(Exception exception) =>
        exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("TargetDrain.", StringComparison.Ordinal))?.Trim() ?? "";

    private static string Short(string input) => input.Length <= 600 ? input : $"{input[..600]}… ({input.Length} characters)";
}
