using System.Text;
using System.Xml.Linq;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

/// <summary>Calls the endpoint with raw Query requests, as any SDK would send them.</summary>
internal static class QueryCaller
{
    private static readonly Dictionary<string, string> Versions = new()
    {
        ["elasticloadbalancing"] = "2015-12-01", ["autoscaling"] = "2011-01-01", ["ec2"] = "2016-11-15",
        ["sts"] = "2011-06-15", ["cloudformation"] = "2010-05-15",
    };

    public static WireRequest Request(string service, string action, string accessKeyId, params (string Name, string Value)[] parameters)
    {
        var pairs = parameters.Prepend(("Version", Versions[service])).Prepend(("Action", action));
        var body = string.Join('&', pairs.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8",
            ["Authorization"] =
                $"AWS4-HMAC-SHA256 Credential={accessKeyId}/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0",
        };
        return new WireRequest("/", headers, Encoding.UTF8.GetBytes(body));
    }

    public static Task<WireResponse> SendAsync(
        this World world, string service, string action, params (string Name, string Value)[] parameters) =>
        world.Endpoint.HandleAsync(Request(service, action, "AKIATEST", parameters));

    /// <summary>The answer without namespaces; an error answer fails the test.</summary>
    public static async Task<XElement> CallAsync(
        this World world, string service, string action, params (string Name, string Value)[] parameters)
    {
        var response = await world.SendAsync(service, action, parameters);
        Assert.True(response.Status == 200, Encoding.UTF8.GetString(response.Body.Span));
        return response.Xml();
    }

    /// <summary>Status and code of an error answer.</summary>
    public static async Task<(int Status, string? Code)> FailAsync(
        this World world, string service, string action, params (string Name, string Value)[] parameters)
    {
        var response = await world.SendAsync(service, action, parameters);
        return (response.Status, response.Xml().Value("Code"));
    }

    public static XElement Xml(this WireResponse response)
    {
        var root = XElement.Parse(Encoding.UTF8.GetString(response.Body.Span));
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return root;
    }

    /// <summary>The text of the first element of that name, wherever it is.</summary>
    public static string? Value(this XElement element, string name) => element.Descendants(name).FirstOrDefault()?.Value;

    /// <summary>Id:Port state/reason of every description in an answer of DescribeTargetHealth.</summary>
    public static IEnumerable<string> Healths(this XElement answer) =>
        from member in answer.Descendants("TargetHealthDescriptions").Elements("member")
        let reason = member.Value("Reason")
        select $"{member.Value("Id")}:{member.Value("Port")} {member.Value("State")}{(reason is null ? "" : $"/{reason}")}";
}
