using System.Formats.Cbor;

namespace TargetDrain.Emulator.CloudWatch;

/// <summary>
/// Smithy's RPC v2 CBOR, smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html, which boto3 speaks to CloudWatch:
/// the JSON protocol's requests and answers in another dress.
/// </summary>
internal static class CborProtocol
{
    public const string Name = "rpc-v2-cbor";
    private const string ContentType = "application/cbor";

    /// <returns>What X-Amz-Target would be, such as "GraniteServiceVersion20100801.DescribeAlarms"; null for other protocols.</returns>
    public static string? TargetOf(WireRequest request) =>
        request.Header("smithy-protocol") == Name && request.Path.Trim('/').Split('/') is ["service", var service, "operation", var operation] ? $"{service}.{operation}" : null;

    /// <param name="handle">Answers the request as JSON.</param>
    public static async Task<WireResponse> AnswerAsync(WireRequest request, string target, Func<WireRequest, Task<WireResponse>> handle)
    {
        var headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase) { ["X-Amz-Target"] = target };
        headers.Remove("smithy-protocol");
        ReadOnlyMemory<byte> json;
        try
        {
            json = request.Body.IsEmpty ? "{}"u8.ToArray() : Encoding.UTF8.GetBytes(Read(new CborReader(request.Body))?.ToJsonString() ?? "null");
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException or NotSupportedException)
        {
            // As malformed as what it came from.
            json = "{"u8.ToArray();
        }
        return Encode(await handle(new WireRequest("/", headers, json)));
    }

    /// <param name="answer">In JSON.</param>
    public static WireResponse Encode(WireResponse answer)
    {
        var writer = new CborWriter();
        Write(writer, JsonNode.Parse(answer.Body.Span), isTime: false);
        return answer with
        {
            ContentType = ContentType,
            Body = writer.Encode(),
            Headers = new Dictionary<string, string>(answer.Headers) { ["smithy-protocol"] = Name },
        };
    }

    private static JsonNode? Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                var map = new JsonObject();
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap) map[reader.ReadTextString()] = Read(reader);
                reader.ReadEndMap();
                return map;
            case CborReaderState.StartArray:
                var list = new JsonArray();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray) list.Add(Read(reader));
                reader.ReadEndArray();
                return list;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return reader.ReadTextString();
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                return reader.ReadDouble();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.Null:
                reader.ReadNull();
                return null;
            case CborReaderState.Tag:
                // The only one in this protocol marks a time.
                reader.ReadTag();
                return Read(reader);
            default:
                throw new NotSupportedException($"CBOR {reader.PeekState()}");
        }
    }

    private static void Write(CborWriter writer, JsonNode? node, bool isTime)
    {
        switch (node)
        {
            case JsonObject map:
                writer.WriteStartMap(map.Count);
                foreach (var (name, value) in map)
                {
                    writer.WriteTextString(name);
                    Write(writer, value, isTime: name.EndsWith("Timestamp", StringComparison.Ordinal));
                }
                writer.WriteEndMap();
                break;
            case JsonArray list:
                writer.WriteStartArray(list.Count);
                foreach (var item in list) Write(writer, item, isTime);
                writer.WriteEndArray();
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                if (isTime) writer.WriteTag(CborTag.UnixTimeSeconds);
                if (!isTime && value.TryGetValue<long>(out var whole)) writer.WriteInt64(whole);
                else writer.WriteDouble(value.GetValue<double>());
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.GetValue<bool>());
                break;
            case JsonValue value:
                writer.WriteTextString(value.GetValue<string>());
                break;
            default:
                writer.WriteNull();
                break;
        }
    }
}
