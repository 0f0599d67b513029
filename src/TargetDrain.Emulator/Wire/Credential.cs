namespace TargetDrain.Emulator.Wire;

/// <summary>The part of a SigV4 signature that says who, where and for which service. The signature itself is not checked.</summary>
internal sealed partial record Credential(string AccessKeyId, string? Region, string? Service)
{
    private static readonly Credential Anonymous = new("anonymous", null, null);

    public static Credential Of(WireRequest request) =>
        request.Header("Authorization") is { } header && Scope().Match(header) is { Success: true } match
            ? new Credential(match.Groups["key"].Value, match.Groups["region"].Value, match.Groups["service"].Value)
            : Anonymous;

    [GeneratedRegex("Credential=(?<key>[^/,]+)/[^/]+/(?<region>[^/]+)/(?<service>[^/]+)/aws4_request")]
    private static partial Regex Scope();
}
