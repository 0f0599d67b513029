using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>Reads ISO text or a Unix time in seconds or, when too large for that, milliseconds; writes ISO text.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    /// <summary>As seconds this is the year 6969; greater numbers are milliseconds.</summary>
    private const long LargestSeconds = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.GetDateTime();
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException($"A time is a text or a number, not {reader.TokenType}.");
        if (!reader.TryGetInt64(out var number)) return DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
        return number > LargestSeconds ? DateTime.UnixEpoch.AddMilliseconds(number) : DateTime.UnixEpoch.AddSeconds(number);
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
