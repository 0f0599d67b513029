using Amazon.Lambda.Core;
using LambdaLevel = Amazon.Lambda.Core.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace TargetDrain.Telemetry;

/// <summary>
/// Hands log lines to the Lambda runtime with their template and values, so that its JSON format keeps every value as a field. The
/// runtime filters by AWS_LAMBDA_LOG_LEVEL.
/// </summary>
internal sealed class LambdaLog : ILogger
{
    private const string Template = "{OriginalFormat}";

    private const int LongestValue = 2000;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var (template, values) = state is IReadOnlyList<KeyValuePair<string, object?>> fields && fields.Count > 0 && fields[^1].Key == Template
            ? ((string)fields[^1].Value!, Values((string)fields[^1].Value!, fields))
            : (formatter(state, exception), []);
        LambdaLogger.Log((LambdaLevel)logLevel, exception, template, values);
    }

    // The runtime fills the template by position, and the fields come in the order of the method's parameters.
    private static object?[] Values(string template, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        var placeholders = Placeholders(template).ToList();
        return [.. placeholders.Select(name => fields.First(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase)).Value)
            .Select(value => value is string text ? Require.Quote(text, LongestValue) : Convert.ToString(value, CultureInfo.InvariantCulture))];
    }

    private static IEnumerable<string> Placeholders(string template)
    {
        for (var begin = template.IndexOf('{'); begin >= 0; begin = template.IndexOf('{', begin + 1))
            yield return template[(begin + 1)..template.IndexOfAny(['}', ':', ','], begin)];
    }
}
