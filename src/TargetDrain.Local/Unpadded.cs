using Spectre.Console.Rendering;

namespace TargetDrain.Local;

/// <summary>Without the blanks that tables fill their last column with: whoever copies a line gets what it says.</summary>
internal sealed class Unpadded(IRenderable inner) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var line in Segment.SplitLines(inner.Render(options, maxWidth)))
        {
            var last = line.FindLastIndex(segment => !string.IsNullOrWhiteSpace(segment.Text));
            for (var index = 0; index < last; index++) yield return line[index];
            if (last >= 0) yield return new Segment(line[last].Text.TrimEnd(), line[last].Style);
            yield return Segment.LineBreak;
        }
    }
}
