using Amazon.SecurityToken;

namespace TargetDrain.Local.Accounts;

/// <summary>The clients of one account and Region, and what is under way through them.</summary>
/// <param name="Region">Null when none is set, which the first call tells.</param>
internal sealed record Connection(
    AwsClients Aws, IAmazonSecurityTokenService Tokens, InstallationCalls Installation, CallWatch Watch, string? Region, string? EndpointUrl);
