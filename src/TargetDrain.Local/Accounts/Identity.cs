using Amazon.SecurityToken.Model;

namespace TargetDrain.Local.Accounts;

/// <summary>Where a command works, and as whom. "unknown" is what STS did not tell.</summary>
internal sealed record Identity(
    [property: JsonPropertyName("account")] string Account,
    [property: JsonPropertyName("region")] string Region,
    [property: JsonPropertyName("arn")] string Arn,
    [property: JsonPropertyName("endpointUrl")] string? EndpointUrl)
{
    // Whoever may not reach STS, such as a subnet without a way to it, can do without.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>"account 123456789012, us-east-1".</summary>
    [JsonIgnore]
    public string Place => $"account {Account}, {Region}{(EndpointUrl is null ? "" : $", {EndpointUrl}")}";

    /// <summary>Asks, and says it before anything else is said.</summary>
    public static async Task<Identity> TellAsync(Session session)
    {
        var (identity, problem) = await AskAsync(session);
        await session.SayAsync($"In {identity.Place}, as {identity.Arn}{(problem.Length > 0 ? $" ({problem})" : "")}");
        return identity;
    }

    private static async Task<(Identity Identity, string Problem)> AskAsync(Session session)
    {
        var connection = session.Connection;
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, session.Cancellation);
        var unknown = new Identity("unknown", connection.Region ?? "unknown", "unknown", connection.EndpointUrl);
        try
        {
            var answer = await session.WhileAsync("Asking who calls", _ =>
                connection.Tokens.GetCallerIdentityAsync(new GetCallerIdentityRequest(), either.Token));
            return (unknown with { Account = answer.Account, Arn = answer.Arn, Region = connection.Region ?? connection.Tokens.Config.RegionEndpoint?.SystemName ?? "unknown" }, "");
        }
        catch (OperationCanceledException) when (!session.Cancellation.IsCancellationRequested)
        {
            return (unknown, $"GetCallerIdentity did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is AmazonServiceException or HttpRequestException)
        {
            return (unknown, $"GetCallerIdentity: {Problem.InWords(exception)}");
        }
    }
}
