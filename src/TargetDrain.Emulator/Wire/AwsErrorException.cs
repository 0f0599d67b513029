namespace TargetDrain.Emulator.Wire;

/// <summary>An error as AWS would answer it; each protocol renders it in its own envelope.</summary>
/// <param name="code">The wire code, such as TargetGroupNotFound or ValidationError.</param>
/// <param name="status">HTTP status.</param>
internal sealed class AwsErrorException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>
    /// What a JSON service that once spoke Query says in x-amzn-query-error; SDKs show this one to their callers.
    /// </summary>
    public string QueryCode { get => field ?? Code; init; }

    public int Status { get; } = status;

    /// <summary>"Sender" below 500, "Receiver" from there on.</summary>
    public string Fault => Status < 500 ? "Sender" : "Receiver";

    internal static AwsErrorException Validation(string message) => new("ValidationError", message);
}
