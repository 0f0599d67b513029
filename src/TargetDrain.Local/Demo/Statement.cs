namespace TargetDrain.Local.Demo;

/// <summary>One thing that was to hold.</summary>
/// <param name="Why">What is left or what happened instead; empty when it held.</param>
internal sealed record Statement(string Text, bool Holds, string Why)
{
    /// <summary>Holds when nothing speaks against it.</summary>
    public static Statement Of(string text, IReadOnlyCollection<string> against) => new(text, against.Count == 0, string.Join("; ", against));

    public override string ToString() => Holds ? Text : $"{Text}: {Why}";
}
