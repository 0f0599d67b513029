namespace TargetDrain.Emulator;

/// <summary>Ids that look like those of AWS, and are the same in every run with the same seed.</summary>
internal sealed class IdSource(int seed)
{
    private readonly Random random = new(seed);
    private readonly Lock gate = new();

    /// <summary>Such as i-0f76fade0f76fade0.</summary>
    public string Resource(string prefix) => $"{prefix}-0{Hex(16)}";

    public string Hex(int digits)
    {
        lock (gate) return random.GetHexString(digits, lowercase: true);
    }

    public string Uuid()
    {
        var bytes = new byte[16];
        lock (gate) random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
