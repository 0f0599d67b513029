namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>Actions that authenticate: checked and kept, with what AWS fills in. Nobody logs in here.</summary>
internal static class Authentication
{
    public const string Oidc = "authenticate-oidc";
    public const string Cognito = "authenticate-cognito";

    public static readonly string[] Types = [Oidc, Cognito];

    public static ListenerAction Read(QueryParameters action, string type, string? protocol)
    {
        if (protocol != "HTTPS") throw AwsErrorException.Validation($"Actions of type '{type}' are supported only on HTTPS listeners");
        var name = type == Oidc ? "AuthenticateOidcConfig" : "AuthenticateCognitoConfig";
        var config = action.Part(name) ?? throw AwsErrorException.Validation($"A '{name}' must be specified with actions of type '{type}'");
        if (type == Oidc && (config["ClientSecret"] is not null) == (config.Flag("UseExistingClientSecret") == true))
            throw AwsErrorException.Validation("You must specify either a client secret or UseExistingClientSecret");
        var members = action.Everything().Where(member => !member.Key.EndsWith(".ClientSecret", StringComparison.Ordinal)).ToList();
        foreach (var (key, value) in Defaults)
            if (config[key] is null) members.Add(new($"{name}.{key}", value));
        return new ListenerAction(members, []);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Defaults { get; } =
    [
        new("SessionCookieName", "AWSELBAuthSessionCookie"), new("Scope", "openid"), new("SessionTimeout", "604800"),
        new("OnUnauthenticatedRequest", "authenticate"),
    ];
}
