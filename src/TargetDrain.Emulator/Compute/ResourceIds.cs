namespace TargetDrain.Emulator.Compute;

/// <summary>What ids look like. EC2 tells one that can be none (Malformed) from one that is nobody's (NotFound).</summary>
internal static partial class ResourceIds
{
    /// <param name="code">Such as InvalidInstanceID.Malformed.</param>
    public static void Check(IEnumerable<string> ids, string prefix, string code)
    {
        foreach (var id in ids)
            if (!id.StartsWith($"{prefix}-", StringComparison.Ordinal) || !Digits().IsMatch(id.AsSpan(prefix.Length + 1)))
                throw new AwsErrorException(code, $"Invalid id: \"{id}\"");
    }

    public static List<string> Instances(QueryParameters p, bool required)
    {
        var ids = p.List("InstanceId");
        if (required && ids.Count == 0) throw new AwsErrorException("InvalidParameterCombination", "No instances specified");
        if (ids.Count > ComputeQueryApi.LargestPage) throw new AwsErrorException("InvalidParameterValue", $"At most {ComputeQueryApi.LargestPage} instances can be named, not {ids.Count}");
        Check(ids, "i", "InvalidInstanceID.Malformed");
        return ids;
    }

    public static string Vpc(string id)
    {
        Check([id], "vpc", "InvalidVpcID.Malformed");
        return id;
    }

    public static string Subnet(string id)
    {
        Check([id], "subnet", "InvalidSubnetID.Malformed");
        return id;
    }

    public static string Interface(string id)
    {
        Check([id], "eni", "InvalidNetworkInterfaceId.Malformed");
        return id;
    }

    [GeneratedRegex(@"\A(?:[0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex Digits();
}
