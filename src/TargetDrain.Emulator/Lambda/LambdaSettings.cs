namespace TargetDrain.Emulator.Lambda;

/// <summary>A function as it is configured.</summary>
internal sealed record LambdaSettings(string Name, string Account, string Region)
{
    /// <summary>Up to 15 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>In MB.</summary>
    public int MemorySize { get; init; } = 512;

    /// <summary>The environment variables given to the function by its template.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Allow or Terminate: what Lambda does with the 17th run in one chain of requests.</summary>
    public string RecursiveLoop { get; init; } = "Terminate";

    public string Arn => $"arn:aws:lambda:{Region}:{Account}:function:{Name}";

    /// <summary>The variables that Lambda itself sets, but for the credentials and the Runtime API.</summary>
    public IEnumerable<KeyValuePair<string, string>> ReservedEnvironment()
    {
        yield return new("AWS_LAMBDA_FUNCTION_NAME", Name);
        yield return new("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", MemorySize.ToString(CultureInfo.InvariantCulture));
        yield return new("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        yield return new("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        yield return new("AWS_LAMBDA_LOG_GROUP_NAME", $"/aws/lambda/{Name}");
        yield return new("AWS_REGION", Region);
        yield return new("AWS_DEFAULT_REGION", Region);
        yield return new("TZ", ":UTC");
    }
}
