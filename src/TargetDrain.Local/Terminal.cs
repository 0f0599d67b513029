using Spectre.Console;
using TargetDrain.Local.Live;

namespace TargetDrain.Local;

/// <summary>The console as Spectre sees it: without colours and without wrapping when it is not a terminal.</summary>
internal static class Terminal
{
    // Long enough that no line is broken in a file.
    private const int WidthOfAPipe = 1000;

    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = WidthOfAPipe;
        return console;
    }

    /// <summary>Whether lines can be drawn over, which a pipe and a very old terminal cannot.</summary>
    public static bool CanRedraw(IAnsiConsole console) => !Console.IsOutputRedirected && console.Profile.Capabilities.Ansi;

    public static Glyphs GlyphsOf(IAnsiConsole console) => console.Profile.Capabilities.Unicode ? Glyphs.Unicode : Glyphs.Ascii;
}
