namespace TargetDrain.Emulator.Wire;

/// <summary>The part of STS that everybody types first.</summary>
internal sealed class IdentityApi(ServiceContext context)
{
    public QueryService Service { get; } = new(
        "sts", "2011-06-15", context.State,
        new Dictionary<string, QueryOperation>
        {
            ["GetCallerIdentity"] = p => xml =>
            {
                // Whoever signs is a user; credentials without a signature are the account's own.
                var isRoot = p.Principal == "anonymous";
                xml.Element("Arn", isRoot ? $"arn:aws:iam::{context.Options.Account}:root" : $"arn:aws:iam::{context.Options.Account}:user/{p.Principal}");
                xml.Element("UserId", isRoot ? context.Options.Account : $"AIDA{p.Principal}");
                xml.Element("Account", context.Options.Account);
            },
        },
        _ => "");
}
