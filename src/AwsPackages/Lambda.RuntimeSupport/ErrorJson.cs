using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as the Runtime API takes it.</summary>
internal static class ErrorJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(Exception exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented)) Error(json, exception);
        return buffer.WrittenSpan.ToArray();
    }

    public static void Lines(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartArray(name);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) json.WriteStringValue(line);
        json.WriteEndArray();
    }

    private static void Error(Utf8JsonWriter json, Exception exception)
    {
        json.WriteStartObject();
        json.WriteString("errorType", exception.GetType().Name);
        json.WriteString("errorMessage", exception.Message.Trim());
        if (exception.StackTrace is { } stack) Lines(json, "stackTrace", stack);
        if (exception.InnerException is { } inner)
        {
            json.WritePropertyName("cause");
            Error(json, inner);
        }

        if (exception is AggregateException { InnerExceptions: var all })
        {
            json.WriteStartArray("causes");
            foreach (var each in all) Error(json, each);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
