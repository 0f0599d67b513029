namespace TargetDrain.Local;

/// <summary>Passes lines on without the blanks that tables fill their cells with.</summary>
internal sealed class TrimmedLines(TextWriter inner) : TextWriter
{
    private int blanks;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            blanks++;
            return;
        }
        if (value is '\r' or '\n') blanks = 0;
        for (; blanks > 0; blanks--) inner.Write(' ');
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
