namespace TargetDrain.Local.Live;

/// <summary>What the view is drawn with; letters where a terminal knows no more.</summary>
internal sealed record Glyphs(string Healthy, string Draining, string Gone, char Full, char Empty)
{
    public static readonly Glyphs Unicode = new("●", "◐", "✓", '━', '─');
    public static readonly Glyphs Ascii = new("o", "~", "x", '=', '-');

    /// <param name="share">How much of it is full, from 0 to 1.</param>
    public string Bar(double share, int width, string color)
    {
        var full = (int)Math.Round(share * width);
        return $"[{color}]{new string(Full, full)}[/][grey]{new string(Empty, width - full)}[/]";
    }
}
