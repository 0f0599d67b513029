using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Shared;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>From the header Lambda-Runtime-Client-Context; all members are null without it.</summary>
internal sealed class ClientContext : IClientContext, IClientApplication
{
    private JsonElement _app;

    public IDictionary<string, string> Environment { get; private set; }

    public IDictionary<string, string> Custom { get; private set; }

    public IClientApplication Client { get; private set; }

    public string AppPackageName => _app.Text("app_package_name");

    public string AppTitle => _app.Text("app_title");

    public string AppVersionCode => _app.Text("app_version_code");

    public string AppVersionName => _app.Text("app_version_name");

    public string InstallationId => _app.Text("installation_id");

    public static ClientContext Parse(string header)
    {
        var context = new ClientContext();
        if (string.IsNullOrWhiteSpace(header)) return context;
        using var json = JsonDocument.Parse(header);
        var root = json.RootElement.Clone();
        context.Environment = root.Map("env", static v => v.ToString());
        context.Custom = root.Map("custom", static v => v.ToString());
        if (root.Member("client") is { } app)
        {
            context._app = app;
            context.Client = context;
        }

        return context;
    }
}

/// <summary>From the header Lambda-Runtime-Cognito-Identity; both members are null without it.</summary>
internal sealed class CognitoIdentity : ICognitoIdentity
{
    public string IdentityId { get; private init; }

    public string IdentityPoolId { get; private init; }

    public static CognitoIdentity Parse(string header)
    {
        if (string.IsNullOrWhiteSpace(header)) return new CognitoIdentity();
        using var json = JsonDocument.Parse(header);
        return new CognitoIdentity
        {
            IdentityId = json.RootElement.Text("cognitoIdentityId"),
            IdentityPoolId = json.RootElement.Text("cognitoIdentityPoolId"),
        };
    }
}
