namespace TargetDrain.Emulator.Compute;

/// <summary>What ids look like. EC2 tells one that can be none (Malformed) from one that is nobody's (NotFound).</summary>
internal static partial class ResourceIds
{
    /// <param name="code">Such as InvalidInstanceID.Malformed.</param>
    /// <returns>The id.</returns>
    public static string Check(string id, string prefix, string code) =>
        id.StartsWith($"{prefix}-", StringComparison.Ordinal) && Digits().IsMatch(id.AsSpan(prefix.Length + 1))
            ? id
            : throw new AwsErrorException(code, $"Invalid id: \"{id}\"");

    public static string Instance(string id) => Check(id, "i", "InvalidInstanceID.Malformed");

    public static string Vpc(string id) => Check(id, "vpc", "InvalidVpcID.Malformed");

    public static string Subnet(string id) => Check(id, "subnet", "InvalidSubnetID.Malformed");

    public static string Interface(string id) => Check(id, "eni", "InvalidNetworkInterfaceId.Malformed");

    public static List<string> Instances(QueryParameters p, bool required)
    {
        var ids = p.List("InstanceId");
        if (required && ids.Count == 0) throw new AwsErrorException("InvalidParameterCombination", "No instances specified");
        if (ids.Count > ComputeQueryApi.LargestPage) throw new AwsErrorException("InvalidParameterValue", $"At most {ComputeQueryApi.LargestPage} instances can be named, not {ids.Count}");
        return ids.ConvertAll(Instance);
    }

    [GeneratedRegex(@"\A(?:[0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex Digits();
}
