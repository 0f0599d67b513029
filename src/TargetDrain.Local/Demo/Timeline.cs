using System.Globalization;
using Spectre.Console;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Journal;
using TargetDrain.Local.Chronicle;
using TargetDrain.Local.Live;

namespace TargetDrain.Local.Demo;

/// <summary>Tells the journal line by line, as it is written: for pipes, and for terminals that want no more.</summary>
internal sealed class Timeline : IDisposable
{
    private readonly IAnsiConsole console;
    private readonly World world;
    private readonly Cast cast;
    private readonly DateTimeOffset start;
    private readonly Lock writing = new();

    public Timeline(IAnsiConsole console, World world)
    {
        (this.console, this.world, cast, start) = (console, world, new Cast(world), world.Clock.GetUtcNow());
        cast.Learn();
        world.Journal.Written += Tell;
    }

    public Cast Cast => cast;

    public void Dispose() => world.Journal.Written -= Tell;

    private void Tell(JournalEntry entry)
    {
        if (JournalLine.Of(entry, cast) is not { } line) return;
        var time = (line.At - start).TotalSeconds.ToString("00.0", CultureInfo.InvariantCulture);
        lock (writing) console.MarkupLine($"[grey]{time}s[/]  {Tones.Paint(line.Tone, $"{line.Source,-12}  {line.Text}")}");
    }
}
