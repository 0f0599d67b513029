using TargetDrain.Emulator.Wire;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;
using TargetDrain.Local.Report;

namespace TargetDrain.Local.Playground;

/// <summary>
/// The page on the port of the emulated AWS, and what it asks for. AWS calls are POSTs; everything here is a GET or lies
/// under a path that no AWS service has.
/// </summary>
internal sealed class PlaygroundPages : IDisposable
{
    private const string Root = "/_target-drain/";
    private const string Mark = "X-Target-Drain";

    private readonly WorldJson state;
    private readonly PlaygroundActions actions;
    private readonly World world;
    private readonly string address;

    public PlaygroundPages(World world, Installation installation, string address)
    {
        (this.world, this.address) = (world, address);
        var breakages = new Breakages(world);
        state = new WorldJson(world, installation, breakages);
        actions = new PlaygroundActions(world, breakages);
    }

    public ReportDetails Details => new("A session with the emulated AWS", []) { Names = state.Names, Start = state.Start };

    public DisplayNames Names => state.Names;

    /// <returns>Null for what is none of ours.</returns>
    public WireResponse? Answer(string method, WireRequest request)
    {
        if (request.Path != "/" && !request.Path.StartsWith(Root, StringComparison.Ordinal)) return null;
        if (request.Path == "/" && method != "GET") return null;
        if (!IsOurHost(request.Header("Host"))) return Refused("This page answers to its own address only.");
        return (method, request.Path) switch
        {
            ("GET", "/") => Page(Html(), "text/html; charset=utf-8"),
            ("GET", Root + "state") => Page(state.Write(), "application/json"),
            ("GET", Root + "report") => Page(Encoding.UTF8.GetBytes(ReportWriter.Html(world, Details)), "text/html; charset=utf-8"),
            ("POST", Root + "act") => Act(request),
            _ => new WireResponse(404, "text/plain", "There is nothing here.\n"u8.ToArray()),
        };
    }

    public void Dispose() => state.Dispose();

    /// <summary>
    /// Only from our own page: another site's page can neither set the header without being asked for permission, which it
    /// never gets, nor hide its origin.
    /// </summary>
    private WireResponse Act(WireRequest request)
    {
        if (request.Header(Mark) is null) return Refused($"The header {Mark} is missing.");
        if (request.Header("Origin") is { } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme == "http" && IsOurHost(from.Authority)))
            return Refused("Requests from other sites are not accepted.");
        if (request.Header("Sec-Fetch-Site") is { } site and not ("same-origin" or "none"))
            return Refused($"Requests from other sites are not accepted (Sec-Fetch-Site: {site}).");
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            var problem = actions.Do(body.RootElement);
            return problem is null ? new WireResponse(204, "application/json", default) : new WireResponse(400, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(problem));
        }
        catch (JsonException)
        {
            return new WireResponse(400, "text/plain", "The body is not JSON.\n"u8.ToArray());
        }
    }

    /// <summary>A name that leads here by way of somebody's DNS is not ours.</summary>
    private bool IsOurHost(string? host)
    {
        var port = address[(address.LastIndexOf(':') + 1)..];
        return host == $"127.0.0.1:{port}" || host == $"localhost:{port}";
    }

    private static byte[] Html() => Encoding.UTF8.GetBytes(PageFile.Read("playground.html")
        .Replace("/*{colours}*/", PageFile.Read("colours.css"), StringComparison.Ordinal)
        .Replace("/*{style}*/", PageFile.Read("playground.css"), StringComparison.Ordinal)
        .Replace("/*{script}*/", PageFile.Read("playground.js"), StringComparison.Ordinal));

    private static WireResponse Page(byte[] body, string type) => new(200, type, body)
    {
        Headers = new Dictionary<string, string>
        {
            ["Cache-Control"] = "no-store",
            ["X-Content-Type-Options"] = "nosniff",
            ["X-Frame-Options"] = "DENY",
            ["Content-Security-Policy"] =
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'",
        },
    };

    private static WireResponse Refused(string why) => new(403, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(why + "\n"));
}
