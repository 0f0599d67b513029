namespace TargetDrain.Benchmarks.Reports;

/// <summary>How many targets are still registered, falling in steps.</summary>
/// <param name="Steps">Seconds since the events, and what is left from then on.</param>
internal sealed record Curve(string Name, string Colour, int Start, IReadOnlyList<(double Seconds, int Left)> Steps)
{
    public static Curve Falling(string name, string colour, int start, IEnumerable<(double Seconds, int Taken)> removals)
    {
        var left = start;
        return new Curve(name, colour, start, [.. removals.OrderBy(removal => removal.Seconds).Select(removal => (removal.Seconds, left -= removal.Taken))]);
    }
}
