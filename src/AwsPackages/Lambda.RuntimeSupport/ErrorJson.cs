using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as the Runtime API and X-Ray take it.</summary>
internal static class ErrorJson
{
    private const int LargestError = 256 * 1024;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(Exception exception)
    {
        var json = Write(Indented, w => Error(w, exception));
        return json.Length <= LargestError
            ? json
            : Write(Indented, static w =>
            {
                w.WriteStartObject();
                w.WriteString("errorMessage", "Exception exceeded maximum payload size of 256KB.");
                w.WriteEndObject();
            });
    }

    /// <summary>One line, as it travels in a header.</summary>
    public static string XRayCause(Exception exception) => Encoding.UTF8.GetString(Write(default, w =>
    {
        w.WriteStartObject();
        w.WriteString("working_directory", Environment.CurrentDirectory);
        w.WriteStartArray("exceptions");
        w.WriteStartObject();
        w.WriteString("type", exception.GetType().Name);
        w.WriteString("message", exception.Message);
        w.WriteStartArray("stack");
        foreach (var line in Lines(exception.StackTrace)) Frame(w, line);
        w.WriteEndArray();
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteStartArray("paths");
        w.WriteEndArray();
        w.WriteEndObject();
    }));

    public static IEnumerable<string> Lines(string text)
    {
        foreach (var line in (text ?? "").Split('\n'))
        {
            if (line.Trim() is { Length: > 0 } trimmed) yield return trimmed;
        }
    }

    private static void Error(Utf8JsonWriter json, Exception exception)
    {
        json.WriteStartObject();
        json.WriteString("errorType", exception.GetType().Name);
        if (exception.Message is { } message) json.WriteString("errorMessage", message.Trim());
        if (exception.StackTrace is not null)
        {
            json.WriteStartArray("stackTrace");
            foreach (var line in Lines(exception.StackTrace)) json.WriteStringValue(line);
            json.WriteEndArray();
        }

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

    /// <summary>A line of a stack trace is "at label in path:line 12", without the place where symbols are missing.</summary>
    private static void Frame(Utf8JsonWriter json, string line)
    {
        var label = line.StartsWith("at ", StringComparison.Ordinal) ? line[3..] : line;
        json.WriteStartObject();
        var place = label.LastIndexOf(" in ", StringComparison.Ordinal);
        var number = label.LastIndexOf(":line ", StringComparison.Ordinal);
        if (place >= 0 && number > place && int.TryParse(label.AsSpan(number + 6), out var lineNumber))
        {
            json.WriteString("path", label[(place + 4)..number]);
            json.WriteNumber("line", lineNumber);
            label = label[..place];
        }

        json.WriteString("label", label);
        json.WriteEndObject();
    }

    private static byte[] Write(JsonWriterOptions options, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options)) content(json);
        return buffer.WrittenSpan.ToArray();
    }
}
