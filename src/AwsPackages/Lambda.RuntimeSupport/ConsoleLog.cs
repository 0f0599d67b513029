using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The function's log: one line of text or one JSON object per message, at or above the level that is set for the
/// function. Console.Out and Console.Error are led here.
/// </summary>
internal sealed class ConsoleLog
{
    private readonly LogSink _sink;
    private readonly LogLevel _least;
    private readonly string _format;

    public ConsoleLog(LogSink sink)
    {
        _sink = sink;
        _least = ParseLevel(Setting("LOG_LEVEL")) ?? LogLevel.Information;
        _format = Setting("LOG_FORMAT") ?? "";
    }

    /// <summary>Of the current invocation, or of the last one between two; null before the first.</summary>
    public ILambdaContext Context { get; set; }

    private bool IsJson => _format.Equals("Json", StringComparison.OrdinalIgnoreCase);

    private bool IsUnformatted => _format.Equals("Unformatted", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes this the log behind the console and behind LambdaLogger.</summary>
    public void Install()
    {
        LambdaLogger.Plain = message => Write(null, null, message, null);
        LambdaLogger.Leveled = Write;
        LogWriter.Redirect(this);
    }

    /// <summary>Text as it is: no prefix, no line end, no level.</summary>
    public void Raw(string text) => _sink.Write(text, isJson: false);

    /// <param name="level">A level's name; null is never filtered; so is a name that is none.</param>
    /// <param name="exception">May be null.</param>
    /// <param name="message">A template if there are arguments, else the text itself.</param>
    /// <param name="args">In the order of the template's placeholders.</param>
    public void Write(string level, Exception exception, string message, object[] args)
    {
        var parsed = level is null ? LogLevel.Trace : ParseLevel(level);
        if (level is not null && parsed < _least) return;

        var template = new MessageTemplate(message ?? "", args);
        var now = TimeProvider.System.GetUtcNow();
        if (IsJson)
        {
            _sink.Write(JsonLine.Of(now, parsed?.ToString() ?? level, Context, template, exception), isJson: true);
            return;
        }

        var line = new StringBuilder();
        if (!IsUnformatted)
        {
            line.Append(now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)).Append('\t')
                .Append(Context?.AwsRequestId).Append('\t')
                .Append(parsed is { } known ? Label(known) : level).Append('\t');
        }

        template.AppendTo(line);
        if (exception is not null) line.Append(message is { Length: > 0 } ? "\n" : "").Append(exception);
        _sink.Write(line.Append('\n').ToString(), isJson: false);
    }

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable("AWS_LAMBDA_HANDLER_" + name) is { Length: > 0 } own
            ? own
            : Environment.GetEnvironmentVariable("AWS_LAMBDA_" + name);

    private static LogLevel? ParseLevel(string name) => name?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFORMATION" or "INFO" => LogLevel.Information,
        "WARNING" or "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => null,
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
