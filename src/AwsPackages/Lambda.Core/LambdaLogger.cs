namespace Amazon.Lambda.Core;

/// <summary>The function's log without a context at hand. Writes to the console until a bootstrap takes over.</summary>
public static class LambdaLogger
{
    /// <summary>Set by the bootstrap: text without a level, and a level's name, an exception or null, a template, its arguments.</summary>
    internal static Action<string> Plain { get; set; } = Console.WriteLine;

    internal static Action<string, Exception, string, object[]> Leveled { get; set; } = WriteToConsole;

    public static void Log(string message) => Plain(message);

    public static void Log(string level, string message, params object[] args) => Leveled(level, null, message, args);

    public static void Log(LogLevel level, string message, params object[] args) => Leveled(level.ToString(), null, message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) => Leveled(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Leveled(level.ToString(), exception, message, args);

    private static void WriteToConsole(string level, Exception exception, string message, object[] args)
    {
        var arguments = args is { Length: > 0 } ? " Arguments: " + string.Join(' ', args.Select(a => $"\"{a}\"")) : "";
        Console.WriteLine($"{level}: {message}{arguments}");
        if (exception is not null) Console.WriteLine(exception);
    }
}
