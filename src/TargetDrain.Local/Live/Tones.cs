using TargetDrain.Local.History;

namespace TargetDrain.Local.Live;

/// <summary>The colour of each tone in a terminal.</summary>
internal static class Tones
{
    public static string Paint(Tone tone, string text) => tone switch
    {
        Tone.Quiet => $"[grey]{Markup.Escape(text)}[/]",
        Tone.Moving => $"[blue]{Markup.Escape(text)}[/]",
        Tone.Warning => $"[yellow]{Markup.Escape(text)}[/]",
        Tone.Done => $"[green]{Markup.Escape(text)}[/]",
        Tone.Bad => $"[red]{Markup.Escape(text)}[/]",
        _ => Markup.Escape(text),
    };
}
