namespace TargetDrain.Emulator.Wire;

/// <summary>
/// The call gets no proper answer: the transport cuts the connection. Without an answer, before a single byte; with
/// one, after its headers and the first <see cref="Bytes"/> bytes of its body.
/// </summary>
internal sealed class ConnectionCutException(WireResponse? answer = null, int bytes = 0)
    : IOException("The emulated connection was cut.")
{
    public WireResponse? Answer { get; } = answer;

    public int Bytes { get; } = bytes;

    /// <summary>As if nobody listened. Over HTTP, where somebody does, it looks like a cut.</summary>
    public bool IsRefused { get; init; }
}
