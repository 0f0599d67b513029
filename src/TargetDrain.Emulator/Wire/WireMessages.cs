namespace TargetDrain.Emulator.Wire;

/// <summary>An HTTP request to an AWS endpoint, free of any HTTP library.</summary>
/// <param name="Path">With the leading slash; most AWS calls use "/".</param>
/// <param name="Headers">Looked up without regard to case.</param>
internal sealed record WireRequest(string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public string Method { get; init; } = "POST";

    /// <summary>What follows the "?" of the address; REST services have parameters there.</summary>
    public string Query { get; init; } = "";

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>The answer, body complete.</summary>
internal sealed record WireResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
