namespace TargetDrain.Emulator.Wire;

/// <summary>The part of STS that everybody types first.</summary>
internal sealed class IdentityApi(StateLock state, WorldOptions options)
{
    public QueryService Service { get; } = new(
        "sts", "2011-06-15", state,
        new Dictionary<string, QueryOperation>
        {
            ["GetCallerIdentity"] = (_, principal) => xml =>
            {
                // Whoever signs is a user; credentials without a signature are the account's own.
                var isRoot = principal == "anonymous";
                xml.Element("Arn", isRoot ? $"arn:aws:iam::{options.Account}:root" : $"arn:aws:iam::{options.Account}:user/{principal}");
                xml.Element("UserId", isRoot ? options.Account : $"AIDA{principal}");
                xml.Element("Account", options.Account);
            },
        },
        _ => "");
}
