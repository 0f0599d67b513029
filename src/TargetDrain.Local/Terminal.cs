using System.Text.RegularExpressions;
using TargetDrain.Local.History;
using TargetDrain.Local.Live;

namespace TargetDrain.Local;

/// <summary>The console as Spectre sees it: without colours, wrapping and trailing blanks when it is not a terminal.</summary>
internal static partial class Terminal
{
    // Long enough that no line is broken in a file.
    private const int WidthOfAPipe = 1000;

    // What lines in columns are made for; on less, the columns give way.
    private const int WidthOfColumns = 80;

    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(new TrimmedLines(Console.Out)),
        });
        console.Profile.Width = WidthOfAPipe;
        return console;
    }

    /// <summary>Whether lines can be drawn over, which a pipe and a very old terminal cannot.</summary>
    public static bool CanRedraw(IAnsiConsole console) => !Console.IsOutputRedirected && console.Profile.Capabilities.Ansi;

    public static Glyphs GlyphsOf(IAnsiConsole console) => console.Profile.Capabilities.Unicode ? Glyphs.Unicode : Glyphs.Ascii;

    /// <summary>One line of what happened; never more than one, however narrow the terminal is.</summary>
    public static void WriteLine(IAnsiConsole console, string time, string text, Tone tone)
    {
        var width = console.Profile.Width;
        var isNarrow = width < WidthOfColumns;
        var shown = isNarrow ? Columns().Replace(text, " ") : text;
        var room = Math.Max(1, width - time.Length - (isNarrow ? 1 : 2));
        if (shown.Length > room) shown = $"{shown[..(room - 1)]}…";
        console.MarkupLine($"[grey]{time}[/]{(isNarrow ? " " : "  ")}{Tones.Paint(tone, shown)}");
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Columns();
}
