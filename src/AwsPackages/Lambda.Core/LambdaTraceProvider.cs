namespace Amazon.Lambda.Core;

public class LambdaTraceProvider
{
    private static string _current;

    /// <summary>The X-Ray trace of the current invocation.</summary>
    public static string CurrentTraceId => _current ?? Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");

    internal static void Set(string traceId) => _current = traceId;
}
