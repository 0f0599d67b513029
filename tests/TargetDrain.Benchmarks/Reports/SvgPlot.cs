using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace TargetDrain.Benchmarks.Reports;

/// <summary>Figures as a picture.</summary>
internal static class SvgPlot
{
    private const int Width = 760;
    private const int Height = 400;

    /// <summary>Targets still registered over time. Time is on a logarithmic axis: the strategies are decades apart.</summary>
    /// <returns>The file's path.</returns>
    public static string Falling(string name, string title, IReadOnlyList<Curve> curves, double earliest = 0.1)
    {
        var model = Model(title);
        model.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Bottom, Minimum = earliest, Title = "seconds after the events (logarithmic)" });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Minimum = 0, Maximum = curves.Max(curve => curve.Start) * 1.02, StringFormat = "N0" });
        foreach (var curve in curves)
        {
            // The library's own stair steps are an element each, which is a large file for a thousand of them.
            var steps = new LineSeries { Title = curve.Name, Color = OxyColor.Parse(curve.Colour) };
            steps.Points.Add(new DataPoint(earliest, curve.Start));
            foreach (var (seconds, left) in Thinned(curve.Steps))
            {
                var at = Math.Max(seconds, earliest);
                steps.Points.Add(new DataPoint(at, steps.Points[^1].Y));
                steps.Points.Add(new DataPoint(at, left));
            }
            model.Series.Add(steps);
        }
        return Write(name, model);
    }

    /// <summary>How figures grow.</summary>
    /// <returns>The file's path.</returns>
    public static string Growing(string name, string title, string across, string upwards, IReadOnlyList<(string Name, string Colour, IReadOnlyList<DataPoint> Points)> lines)
    {
        var model = Model(title);
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Minimum = 0, Title = across });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Minimum = 0, Title = upwards });
        foreach (var (line, colour, points) in lines)
        {
            var series = new LineSeries { Title = line, Color = OxyColor.Parse(colour), MarkerType = MarkerType.Circle };
            series.Points.AddRange(points);
            model.Series.Add(series);
        }
        return Write(name, model);
    }

    private static PlotModel Model(string title) => new()
    {
        Title = title, TitleFontSize = 14, Background = OxyColors.White,
        Legends = { new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.TopCenter, LegendOrientation = LegendOrientation.Horizontal } },
    };

    private static string Write(string name, PlotModel model)
    {
        foreach (var axis in model.Axes) (axis.MajorGridlineStyle, axis.MajorGridlineColor) = (LineStyle.Solid, OxyColors.LightGray);
        Directory.CreateDirectory(Report.Folder);
        var file = Path.Combine(Report.Folder, $"{name}.svg");
        File.WriteAllText(file, new SvgExporter { Width = Width, Height = Height }.ExportToString(model));
        return file;
    }

    // More steps than pixels only make the file large.
    private static IEnumerable<(double Seconds, int Left)> Thinned(IReadOnlyList<(double Seconds, int Left)> steps)
    {
        var every = Math.Max(1, steps.Count / Width);
        return steps.Where((_, i) => i % every == 0 || i == steps.Count - 1);
    }
}
