using System.Globalization;
using System.Text;

namespace TargetDrain.Benchmarks.Reports;

/// <summary>Targets still registered over time. Time is on a logarithmic axis: the strategies are decades apart.</summary>
internal static class SvgPlot
{
    private const int Width = 760;
    private const int Height = 400;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 46;
    private const int Bottom = 50;
    private const double Earliest = 0.1;

    /// <returns>The file's path.</returns>
    public static string Write(string name, string title, IReadOnlyList<Curve> curves)
    {
        var latest = Math.Pow(10, Math.Ceiling(Math.Log10(curves.Max(curve => curve.Steps.Count == 0 ? 1 : curve.Steps[^1].Seconds))));
        var most = curves.Max(curve => curve.Start);
        double X(double seconds) =>
            Left + ((Width - Left - Right) * Math.Log10(Math.Max(seconds, Earliest) / Earliest) / Math.Log10(latest / Earliest));
        double Y(double left) => Top + ((Height - Top - Bottom) * (1 - (left / most)));

        var svg = new StringBuilder();
        void Add(FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Add($"<text x=\"{Left}\" y=\"20\" font-size=\"14\">{title}</text>");
        for (var decade = Earliest; decade <= latest * 1.001; decade *= 10)
        {
            Add($"<line x1=\"{X(decade):0.0}\" y1=\"{Top}\" x2=\"{X(decade):0.0}\" y2=\"{Height - Bottom}\" stroke=\"#ddd\"/>");
            Add($"<text x=\"{X(decade):0.0}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{decade:0.#}</text>");
        }
        for (var quarter = 0; quarter <= 4; quarter++)
        {
            var value = most * quarter / 4.0;
            Add($"<line x1=\"{Left}\" y1=\"{Y(value):0.0}\" x2=\"{Width - Right}\" y2=\"{Y(value):0.0}\" stroke=\"#ddd\"/>");
            Add($"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.0}\" text-anchor=\"end\">{value:N0}</text>");
        }
        Add($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">seconds after the events (logarithmic)</text>");
        for (var i = 0; i < curves.Count; i++)
        {
            var curve = curves[i];
            var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{X(Earliest):0.0},{Y(curve.Start):0.0}"));
            foreach (var (seconds, left) in Thinned(curve.Steps))
                path.Append(CultureInfo.InvariantCulture, $" H{X(seconds):0.0} V{Y(left):0.0}");
            Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{curve.Colour}\" stroke-width=\"2\"/>");
            Add($"<text x=\"{Left + 10 + (i * 230)}\" y=\"38\" fill=\"{curve.Colour}\">{curve.Name}</text>");
        }
        svg.AppendLine("</svg>");
        Directory.CreateDirectory(Report.Folder);
        var file = Path.Combine(Report.Folder, $"{name}.svg");
        File.WriteAllText(file, svg.ToString());
        return file;
    }

    // More steps than pixels only make the file large.
    private static IEnumerable<(double Seconds, int Left)> Thinned(IReadOnlyList<(double Seconds, int Left)> steps)
    {
        var every = Math.Max(1, steps.Count / Width);
        for (var i = 0; i < steps.Count; i++)
            if (i % every == 0 || i == steps.Count - 1) yield return steps[i];
    }
}
