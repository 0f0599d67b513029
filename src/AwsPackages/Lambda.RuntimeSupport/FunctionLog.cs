using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The function's log: one line of text or one JSON object per message, at or above the level that is set for the function.</summary>
internal sealed class FunctionLog
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly LogSink _sink = LogSink.Open();
    private readonly LogLevel _least = ParseLevel(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));
    private readonly bool _isJson = "Json".Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Of the current invocation, or of the last one between two; null before the first.</summary>
    public LambdaContext Context { get; set; }

    /// <param name="level">Nothing below the one that is set is written.</param>
    /// <param name="exception">May be null.</param>
    /// <param name="template">The text itself if there are no arguments.</param>
    /// <param name="args">In the order of the template's placeholders.</param>
    public void Write(LogLevel level, Exception exception, string template, object[] args)
    {
        if (level < _least) return;
        var message = MessageTemplate.Fill(template, args);
        var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        _sink.Write(_isJson ? Json(time, level, exception, message) : Text(time, level, exception, message), _isJson);
    }

    private string Text(string time, LogLevel level, Exception exception, MessageTemplate message)
    {
        var separator = exception is not null && message.Text.Length > 0 ? "\n" : "";
        return $"{time}\t{Context?.AwsRequestId}\t{Label(level)}\t{message.Text}{separator}{exception}\n";
    }

    /// <summary>Fixed fields first, then one for each placeholder, then the exception.</summary>
    private string Json(string time, LogLevel level, Exception exception, MessageTemplate message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time);
            json.WriteString("level", level.ToString());
            if (Context is { } context)
            {
                json.WriteString("requestId", context.AwsRequestId);
                if (context.TraceId is { Length: > 0 } trace) json.WriteString("traceId", trace);
            }

            json.WriteString("message", message.Text);
            foreach (var (name, value) in message.Fields) json.WriteString(name, value);
            if (exception is not null)
            {
                json.WriteString("errorType", exception.GetType().FullName);
                json.WriteString("errorMessage", exception.Message);
                ErrorJson.Lines(json, "stackTrace", exception.ToString());
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static LogLevel ParseLevel(string name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Critical,
        _ => LogLevel.Information,
    };

    private static string Label(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
