using System.Drawing;
using System.Globalization;
using System.Net;
using System.Text;

namespace TargetDrain.Benchmarks.Pictures;

/// <summary>The way of an event, as SVG that is readable on light and on dark ground.</summary>
internal static class FlowPicture
{
    private const string Tip = """<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0 L10 5 L0 10 z"/></marker></defs>""";

    public static string Draw()
    {
        var svg = new StringBuilder();
        svg.AppendLine("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 940 400" width="940" height="400" role="img" aria-label="How an event travels through TargetDrain">""");
        svg.AppendLine($"<style>\n{File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pictures", "flow.css"))}</style>").AppendLine(Tip);
        Box(svg, new(10, 20, 200, 52), "box", "Auto Scaling", "terminating hook waits");
        Box(svg, new(10, 92, 200, 52), "box", "EC2", "Spot warning, state change");
        Box(svg, new(10, 164, 200, 52), "box", "You", "target-drain drain");
        Box(svg, new(290, 82, 150, 72), "wait", "SQS queue", "the only memory");
        Box(svg, new(290, 236, 150, 52), "box", "Dead letters", "for a person to read");
        Box(svg, new(520, 70, 190, 96), "own", "TargetDrain", "Lambda: reads, takes out,", "looks again, completes");
        Box(svg, new(770, 20, 160, 52), "box", "EC2", "VPC and addresses");
        Box(svg, new(770, 92, 160, 52), "box", "ELBv2", "who is registered; out");
        Box(svg, new(770, 164, 160, 52), "box", "Auto Scaling", "heartbeat, CONTINUE");
        Way(svg, "M210 46 C250 46 250 100 288 106");
        Way(svg, "M210 118 L288 118");
        Way(svg, "M210 190 C250 190 250 138 288 130");
        Way(svg, "M440 118 L518 118");
        Label(svg, 479, 108, "batches");
        Way(svg, "M710 100 C740 92 735 48 768 46");
        Way(svg, "M710 118 L768 118");
        Way(svg, "M710 136 C740 144 735 188 768 190");
        Way(svg, "M365 154 L365 234");
        Label(svg, 375, 199, "after 20 attempts", "start");
        Way(svg, "M615 168 L615 340 L250 340 L250 150 L286 146", "ticket");
        Label(svg, 432, 312, "ticket: come back when the drain is over");
        Label(svg, 432, 331, "SQS delay up to 15 min; waiting costs nothing");
        Label(svg, 432, 372, "Deregister at once → wait in the queue → look again → let Auto Scaling terminate the instance");
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Box(StringBuilder svg, Rectangle at, string look, string name, params string[] lines)
    {
        var (x, y, width, height) = (at.X, at.Y, at.Width, at.Height);
        var middle = x + (width / 2);
        var top = y + (height / 2) - (lines.Length * 9) + 5;
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect class="box {look}" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="name" x="{middle}" y="{top}" text-anchor="middle">{WebUtility.HtmlEncode(name)}</text>""");
        for (var line = 0; line < lines.Length; line++)
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="small" x="{middle}" y="{top + ((line + 1) * 18)}" text-anchor="middle">{WebUtility.HtmlEncode(lines[line])}</text>""");
    }

    private static void Way(StringBuilder svg, string path, string look = "") =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<path class="way {look}" d="{path}"/>""");

    private static void Label(StringBuilder svg, int x, int y, string text, string anchor = "middle") =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text class="small" x="{x}" y="{y}" text-anchor="{anchor}">{WebUtility.HtmlEncode(text)}</text>""");
}
