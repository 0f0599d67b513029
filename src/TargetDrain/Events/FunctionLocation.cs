using Amazon.Lambda.Core;

namespace TargetDrain.Events;

/// <summary>Where the function itself lives. Events of elsewhere name instances that it cannot see.</summary>
/// <param name="Account">12 digits; null when the invocation does not tell, and then every account passes.</param>
/// <param name="Region">Such as eu-central-1; null when the invocation does not tell, and then every region passes.</param>
internal sealed record FunctionLocation(string? Account, string? Region)
{
    public static FunctionLocation Unknown { get; } = new(null, null);

    /// <summary>From arn:aws:lambda:region:account:function:name, with or without a version.</summary>
    public static FunctionLocation Of(ILambdaContext context) =>
        context.InvokedFunctionArn?.Split(':') is ["arn", _, "lambda", { Length: > 0 } region, { Length: > 0 } account, ..]
            ? new FunctionLocation(account, region)
            : Unknown;

    /// <summary>Passes what comes from home or from where the configuration allows; a field that is absent says nothing.</summary>
    /// <exception cref="MalformedMessageException">The event is from elsewhere.</exception>
    public void AdmitAccount(string? given, string field, DrainOptions options) => Admit(given, field, Account, options.EventAccounts, "EVENT_ACCOUNTS");

    /// <inheritdoc cref="AdmitAccount"/>
    public void AdmitRegion(string? given, string field, DrainOptions options) => Admit(given, field, Region, options.EventRegions, "EVENT_REGIONS");

    private static void Admit(string? given, string field, string? own, IReadOnlySet<string> others, string variable)
    {
        if (string.IsNullOrEmpty(given) || own is null || given == own || others.Contains(given)) return;
        throw new MalformedMessageException(
            field, $"is '{Require.Quote(given)}'; allowed are '{own}', where this function lives, and what {variable} lists.");
    }
}
