namespace TargetDrain.Local.History;

/// <summary>A line that the function wrote, taken apart.</summary>
internal sealed record FunctionLine(string Level, string Text)
{
    /// <summary>As the Lambda runtime writes text (time, request id, level, message), or "Level: message" in process.</summary>
    /// <returns>Null for a document of metrics.</returns>
    public static FunctionLine? Parse(string line)
    {
        if (line.StartsWith("{\"_aws\"", StringComparison.Ordinal)) return null;
        if (line.Split('\t', 4) is [_, _, var level, var message]) return new FunctionLine(Plain(level), message);
        return line.Split(": ", 2) is [var name, var text] && Plain(name) is { Length: > 0 } plain ? new FunctionLine(plain, text) : new FunctionLine("", line);
    }

    private static string Plain(string level) => level switch
    {
        "trce" or "dbug" or "Trace" or "Debug" => "debug",
        "info" or "Information" => "info",
        "warn" or "Warning" => "warning",
        "fail" or "crit" or "Error" or "Critical" => "error",
        _ => "",
    };
}
