using TargetDrain.Local.History;
using TargetDrain.Local.Live;

namespace TargetDrain.Local.Demo;

/// <summary>Tells the journal line by line, as it is written: for pipes, and for terminals that want no more.</summary>
internal sealed class Timeline : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly IAnsiConsole console;
    private readonly World world;
    private readonly DateTimeOffset start;
    private readonly Func<TimeSpan>? standstill;
    private readonly ITimer? watch;
    private readonly Lock writing = new();
    private TimeSpan told;

    /// <param name="standstill">For how long the world has been waiting for the function; said when it is long.</param>
    public Timeline(IAnsiConsole console, World world, DisplayNames names, Func<TimeSpan>? standstill = null, TimeProvider? real = null)
    {
        (this.console, this.world, Names, this.standstill, start) = (console, world, names, standstill, world.Clock.GetUtcNow());
        names.Learn();
        world.Journal.Written += Tell;
        if (standstill is not null) watch = (real ?? TimeProvider.System).CreateTimer(_ => TellOfStandstill(), null, Look, Look);
    }

    public DisplayNames Names { get; }

    public void Dispose()
    {
        watch?.Dispose();
        world.Journal.Written -= Tell;
    }

    private void Tell(JournalEntry entry)
    {
        if (JournalLine.Of(entry, Names) is { } line) Write(line);
    }

    // At two seconds, then whenever it has doubled.
    private void TellOfStandstill()
    {
        var span = standstill!();
        if (span < Silence) told = TimeSpan.Zero;
        if (span < Silence || span < told * 2) return;
        told = span;
        Write(new JournalLine(world.Clock.GetUtcNow(), Tone.Quiet, "Lambda", $"works for {span.TotalSeconds:0} s already; the emulated AWS waits"));
    }

    private void Write(JournalLine line)
    {
        var time = (line.At - start).TotalSeconds.ToString("00.0", CultureInfo.InvariantCulture);
        lock (writing) Terminal.WriteLine(console, $"{time}s", $"{line.Source,-12}  {line.Text}", line.Tone);
    }
}
