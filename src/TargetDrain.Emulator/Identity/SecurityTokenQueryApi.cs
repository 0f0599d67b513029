using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Identity;

/// <summary>STS on the wire, version 2011-06-15: who calls, which nobody needs a permission for.</summary>
internal sealed class SecurityTokenQueryApi(WorldOptions options)
{
    public QueryService Service => new(
        "sts", "2011-06-15", new Dictionary<string, QueryOperation> { ["GetCallerIdentity"] = WriteIdentity }, _ => "");

    // Every access key is taken for a user of that name.
    private void WriteIdentity(QueryParameters parameters, XmlBuffer xml, string principal)
    {
        xml.Element("Arn", $"arn:aws:iam::{options.Account}:user/{principal}");
        xml.Element("UserId", principal);
        xml.Element("Account", options.Account);
    }
}
