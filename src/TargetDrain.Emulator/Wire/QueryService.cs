namespace TargetDrain.Emulator.Wire;

/// <summary>Reads the parameters, does it, writes what belongs into the result element.</summary>
/// <param name="principal">Who calls.</param>
public delegate void QueryOperation(QueryParameters parameters, XmlBuffer result, string principal);

/// <summary>A service that speaks the Query protocol, or EC2's variant of it.</summary>
/// <param name="Name">Signing name and IAM prefix.</param>
/// <param name="Version">The API version, which names the service when no signature does.</param>
/// <param name="Resource">The ARN a call is about; empty when it names none.</param>
internal sealed record QueryService(
    string Name, string Version, IReadOnlyDictionary<string, QueryOperation> Operations, Func<QueryParameters, string> Resource)
{
    /// <summary>EC2 has no result element, another error envelope, and lists without "member".</summary>
    public bool IsEc2 => Name == "ec2";

    public string XmlNamespace => $"http://{Name}.amazonaws.com/doc/{Version}/";
}
