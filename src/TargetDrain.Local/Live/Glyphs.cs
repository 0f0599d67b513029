namespace TargetDrain.Local.Live;

/// <summary>What the view is drawn with; letters where a terminal knows no more.</summary>
internal sealed record Glyphs(string Healthy, string Draining, string Gone, char Full, char Empty)
{
    public static readonly Glyphs Unicode = new("●", "◐", "✓", '━', '─');
    public static readonly Glyphs Ascii = new("o", "~", "x", '=', '-');
}
