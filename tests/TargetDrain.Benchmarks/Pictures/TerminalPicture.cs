using System.Globalization;
using System.Net;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TargetDrain.Benchmarks.Pictures;

/// <summary>What stands in a terminal, as SVG that is readable on light and on dark ground.</summary>
internal static class TerminalPicture
{
    private const double CharacterWidth = 8.4;
    private const double LineHeight = 20;
    private const int Margin = 18;
    private const int TitleBar = 34;

    /// <summary>What a command wrote, below its own line.</summary>
    /// <param name="run">Writes to the console it is given.</param>
    public static async Task<string> RecordAsync(Func<IAnsiConsole, Task> run, int columns, string title)
    {
        var console = Screen(columns, AnsiSupport.No).CreateRecorder();
        await run(console);
        return console.Export(new Encoder(columns, title));
    }

    public static string Draw(IRenderable content, int columns, string title) => Draw([content], columns, title);

    private static string Draw(IEnumerable<IRenderable> contents, int columns, string title)
    {
        var options = RenderOptions.Create(Screen(columns, AnsiSupport.Yes));
        var lines = Segment.SplitLines(contents.SelectMany(content => content.Render(options, columns)));
        while (lines.Count > 0 && lines[^1].All(segment => string.IsNullOrWhiteSpace(segment.Text))) lines.RemoveAt(lines.Count - 1);
        var width = (columns * CharacterWidth) + (2 * Margin);
        var height = (lines.Count * LineHeight) + TitleBar + (2 * Margin) - 6;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" width="{width:0}" height="{height:0}" role="img" aria-label="{Escape(title)}">
            <style>
            {File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pictures", "terminal.css"))}</style>
            <rect class="ground" x=".5" y=".5" width="{width - 1:0}" height="{height - 1:0}" rx="10"/>
            <path class="bar" d="M1 {TitleBar} V11 a10 10 0 0 1 10 -10 H{width - 11:0} a10 10 0 0 1 10 10 V{TitleBar} Z"/>
            <text class="title" x="{width / 2:0}" y="22" text-anchor="middle">{Escape(title)}</text>

            """);
        var y = TitleBar + Margin + 6.0;
        foreach (var line in lines)
        {
            var column = 0;
            foreach (var segment in line)
            {
                if (!string.IsNullOrWhiteSpace(segment.Text))
                    // A length of its own for each piece keeps columns aligned whatever font there is.
                    svg.Append(CultureInfo.InvariantCulture,
                        $"<text x=\"{Margin + (column * CharacterWidth):0.0}\" y=\"{y:0}\" textLength=\"{segment.CellCount() * CharacterWidth:0.0}\" class=\"{Class(segment.Style)}\">{Escape(segment.Text)}</text>\n");
                column += segment.CellCount();
            }
            y += LineHeight;
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static IAnsiConsole Screen(int columns, AnsiSupport ansi)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi, ColorSystem = ColorSystemSupport.TrueColor, Out = new AnsiConsoleOutput(TextWriter.Null),
        });
        console.Profile.Width = columns;
        return console;
    }

    private static string Class(Style style)
    {
        var color = style.Foreground == Color.Grey ? "grey"
            : style.Foreground == Color.Green ? "green"
            : style.Foreground == Color.Blue ? "blue"
            : style.Foreground == Color.Yellow ? "yellow"
            : style.Foreground == Color.Red ? "red"
            : "";
        return style.Decoration.HasFlag(Decoration.Bold) ? $"{color} bold".Trim() : color;
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private sealed class Encoder(int columns, string title) : IAnsiConsoleEncoder
    {
        public string Encode(IAnsiConsole console, IEnumerable<IRenderable> renderable) => Draw(renderable, columns, title);
    }
}
