namespace TargetDrain.Emulator.Deployment;

/// <summary>What is known when a template becomes a stack.</summary>
internal sealed record StackContext
{
    public string Account { get; init; } = "123456789012";

    public string Region { get; init; } = "us-east-1";

    public string StackName { get; init; } = "target-drain";

    /// <summary>Instead of the template's defaults; lists with commas.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of resources by logical id, where it matters; the logical id itself elsewhere.</summary>
    public IReadOnlyDictionary<string, string> PhysicalNames { get; init; } = new Dictionary<string, string>();
}
