namespace Amazon.Lambda.Core;

/// <summary>The function's log. Writes to the console until a bootstrap takes over.</summary>
public static class LambdaLogger
{
    /// <summary>A level, an exception or null, a template, its arguments.</summary>
    internal static Action<LogLevel, Exception, string, object[]> Target { get; set; } = WriteToConsole;

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) => Target(level, exception, message, args);

    private static void WriteToConsole(LogLevel level, Exception exception, string message, object[] args)
    {
        var arguments = args is { Length: > 0 } ? " Arguments: " + string.Join(' ', args.Select(a => $"\"{a}\"")) : "";
        Console.WriteLine($"{level}: {message}{arguments}");
        if (exception is not null) Console.WriteLine(exception);
    }
}

public enum LogLevel
{
    Trace = 0,
    Debug = 1,
    Information = 2,
    Warning = 3,
    Error = 4,
    Critical = 5,
}
