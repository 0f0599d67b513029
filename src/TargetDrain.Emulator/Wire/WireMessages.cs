namespace TargetDrain.Emulator.Wire;

/// <summary>An HTTP request to an AWS endpoint, free of any HTTP library.</summary>
/// <param name="Path">With the leading slash; most AWS calls use "/".</param>
/// <param name="Headers">Looked up without regard to case.</param>
public sealed record WireRequest(string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>The answer, body complete.</summary>
public sealed record WireResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What the transport does to the connection instead of delivering this answer whole.</summary>
    public WireFault Fault { get; init; }
}

/// <summary>A broken connection, for the transport to perform.</summary>
public enum WireFault
{
    None,

    /// <summary>As if nobody listened. Over HTTP, where somebody does, the connection is aborted.</summary>
    ConnectionRefused,

    /// <summary>Reset before the first byte of the answer.</summary>
    ConnectionReset,

    /// <summary>Status, headers with the full length, half of the body, then the end.</summary>
    CutInHalf,
}
