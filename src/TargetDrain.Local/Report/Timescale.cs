namespace TargetDrain.Local.Report;

/// <summary>Moments as seconds from the start; what was before it counts as of then.</summary>
internal sealed record Timescale(DateTimeOffset Start, DateTimeOffset End)
{
    public double Length => Math.Max(1, Of(End));

    public double Of(DateTimeOffset moment) => Math.Max(0, Math.Round((moment - Start).TotalSeconds, 3));

    public double? Of(DateTimeOffset? moment) => moment is { } at ? Of(at) : null;

    /// <summary>As the console writes it: "04.0s".</summary>
    public string Label(DateTimeOffset moment) => $"{Math.Max(0, (moment - Start).TotalSeconds).ToString("00.0", CultureInfo.InvariantCulture)}s";
}
