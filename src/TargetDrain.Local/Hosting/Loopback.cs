namespace TargetDrain.Local.Hosting;

/// <summary>
/// Traffic within this machine goes to nobody's proxy. .NET asks HTTP_PROXY, HTTPS_PROXY and ALL_PROXY for every address
/// that NO_PROXY does not name, loopback included; children inherit what is set here.
/// </summary>
internal static class Loopback
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "::1", "[::1]"];

    // On Unix they are two variables, and .NET looks at the lower-case one first.
    private static readonly string[] Variables = ["no_proxy", "NO_PROXY"];

    /// <summary>Before the first client is made: each looks at its start.</summary>
    public static void ExemptFromProxies()
    {
        var known = Variables.SelectMany(name => Environment.GetEnvironmentVariable(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []);
        var all = string.Join(',', known.Concat(Hosts).Distinct(StringComparer.OrdinalIgnoreCase));
        foreach (var name in Variables) Environment.SetEnvironmentVariable(name, all);
    }
}
