namespace TargetDrain.Emulator.Compute;

/// <summary>RunInstances as it was asked for, and what EC2 would say to it.</summary>
internal static partial class LaunchRequest
{
    private const int MostAtOnce = 1000;

    public static (InstanceSpec Spec, int Count) Read(QueryParameters p, ElasticCompute compute)
    {
        var (least, most) = (p.Number("MinCount") ?? throw Missing("MinCount"), p.Number("MaxCount") ?? throw Missing("MaxCount"));
        if (least < 1) throw Invalid($"Value ({least}) for parameter minCount is invalid. The minimum value is 1.");
        if (most < least) throw Invalid($"Value ({least}) for parameter minCount is invalid. It must not exceed maxCount ({most}).");
        if (most > MostAtOnce)
            throw new AwsErrorException("InstanceLimitExceeded", $"You have requested more instances ({most}) than your current limit of {MostAtOnce} allows.");
        var template = p.Part("LaunchTemplate") is { } named
            ? compute.Templates.Find(named["LaunchTemplateId"], named["LaunchTemplateName"], named["Version"])
            : null;
        var image = p["ImageId"] ?? template?.ImageId ?? throw Missing("ImageId");
        if (!ImageId().IsMatch(image)) throw new AwsErrorException("InvalidAMIID.Malformed", $"Invalid id: \"{image}\" (expecting \"ami-...\")");
        var type = p["InstanceType"] ?? template?.InstanceType ?? "m1.small";
        if (!InstanceType().IsMatch(type)) throw Invalid($"Invalid value '{type}' for InstanceType.");
        if (p["KeyName"] is { Length: > 0 } key)
            throw new AwsErrorException("InvalidKeyPair.NotFound", $"The key pair '{key}' does not exist");
        if (p["UserData"] is { } data && !IsBase64(data)) throw new AwsErrorException("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
        var interfaces = Interfaces(p, Ec2Tags.AtCreation(p, "network-interface", "instance", "volume", "spot-instances-request"));
        var subnet = SubnetOf(p, compute, interfaces);
        foreach (var group in SecurityGroups(p))
            if (!compute.SecurityGroups.Has(group))
                throw new AwsErrorException("InvalidGroup.NotFound", $"The security group '{group}' does not exist");
        if (most > 1 && interfaces.Any(card => card.Address is not null))
            throw new AwsErrorException("InvalidParameterCombination", "Specifying a private IP address is allowed for a single instance only");
        return (new InstanceSpec
        {
            SubnetId = subnet,
            ImageId = image,
            InstanceType = type,
            SpotBehavior = SpotBehavior(p),
            Interfaces = interfaces,
            Tags = Ec2Tags.AtCreation(p, "instance", "network-interface", "volume", "spot-instances-request"),
            Tenancy = p["Placement.Tenancy"] ?? "default",
            Monitoring = p.Flag("Monitoring.Enabled") ?? false,
            ClientToken = p["ClientToken"] ?? "",
        }, most);
    }

    private static string? SubnetOf(QueryParameters p, ElasticCompute compute, List<InterfaceSpec> interfaces)
    {
        var (subnet, zone) = (p["SubnetId"], p["Placement.AvailabilityZone"]);
        if (subnet is not null && p.Items("NetworkInterface").Any())
            throw new AwsErrorException(
                "InvalidParameterCombination", "Network interfaces and an instance-level subnet ID may not be specified on the same request");
        foreach (var id in interfaces.Select(card => card.SubnetId).Append(subnet).OfType<string>()) compute.Network.Subnet(ResourceIds.Subnet(id));
        if (zone is null) return subnet;
        if (!compute.Network.Zones.Contains(zone)) throw Invalid($"Invalid availability zone: [{zone}]");
        var named = interfaces[0].SubnetId ?? subnet;
        if (named is null) return compute.Network.Subnets.First(other => other.Vpc.IsDefault && other.AvailabilityZone == zone).Id;
        return compute.Network.Subnet(named).AvailabilityZone == zone
            ? subnet
            : throw Invalid($"The availability zone '{zone}' does not match the subnet's");
    }

    private static IEnumerable<string> SecurityGroups(QueryParameters p) =>
        p.List("SecurityGroupId").Concat(p.List("SecurityGroup")).Concat(p.Items("NetworkInterface").SelectMany(card => card.List("SecurityGroupId")));

    private static string? SpotBehavior(QueryParameters p)
    {
        var behavior = p["InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior"];
        // Kept by nobody: whether a request for capacity outlives its instance shows only in requests, which are not emulated.
        p.Accept("InstanceMarketOptions.SpotOptions.SpotInstanceType");
        return p["InstanceMarketOptions.MarketType"] switch
        {
            "spot" => behavior ?? "terminate",
            null when behavior is null => null,
            null => throw new AwsErrorException("InvalidParameterCombination", "SpotOptions need the MarketType spot"),
            var other => throw new AwsErrorException("NotEmulated", $"The emulator has no instances of the market {other}."),
        };
    }

    private static List<InterfaceSpec> Interfaces(QueryParameters p, Dictionary<string, string> tags)
    {
        var cards = p.Items("NetworkInterface").ToList();
        var indexes = cards.Select(card => card.Number("DeviceIndex") ?? 0).ToList();
        if (indexes.Distinct().Count() < indexes.Count || indexes.Exists(index => index < 0))
            throw Invalid("Each network interface requires a unique device index.");
        if (cards.Count > 0) return [.. cards.OrderBy(card => card.Number("DeviceIndex") ?? 0).Select(card => Interface(card, tags))];
        return
        [
            new InterfaceSpec
            {
                Address = p["PrivateIpAddress"],
                Ipv6Addresses = [.. p.Items("Ipv6Address").Select(address => address["Ipv6Address"] ?? "")],
                Ipv6Count = Count(p, "Ipv6AddressCount"),
                Tags = tags,
            },
        ];
    }

    public static InterfaceSpec Interface(QueryParameters card, IReadOnlyDictionary<string, string> tags)
    {
        var listed = card.Items("PrivateIpAddresses").ToList();
        var primaries = listed.FindAll(address => address.Flag("Primary") == true);
        if (primaries.Count > 1) throw Invalid("Only one private IP address can be designated as primary");
        var primary = primaries.FirstOrDefault();
        return new InterfaceSpec
        {
            SubnetId = card["SubnetId"],
            Address = card["PrivateIpAddress"] ?? primary?["PrivateIpAddress"],
            SecondaryAddresses = [.. listed.Where(address => address != primary).Select(address => address["PrivateIpAddress"] ?? "")],
            SecondaryCount = Count(card, "SecondaryPrivateIpAddressCount"),
            Ipv6Addresses = [.. card.Items("Ipv6Addresses").Select(address => address["Ipv6Address"] ?? "")],
            Ipv6Count = Count(card, "Ipv6AddressCount"),
            Ipv4Prefixes = [.. card.Items("Ipv4Prefix").Select(prefix => prefix["Ipv4Prefix"] ?? "")],
            Ipv4PrefixCount = Count(card, "Ipv4PrefixCount"),
            Ipv6Prefixes = [.. card.Items("Ipv6Prefix").Select(prefix => prefix["Ipv6Prefix"] ?? "")],
            Ipv6PrefixCount = Count(card, "Ipv6PrefixCount"),
            DeleteOnTermination = card.Flag("DeleteOnTermination") ?? true,
            Description = card["Description"] ?? "",
            Tags = tags,
        };
    }

    /// <summary>So many addresses as an interface could have at all.</summary>
    public static int Count(QueryParameters p, string name) => (p.Number(name) ?? 0) is var count and >= 0 and <= 255
        ? count
        : throw Invalid($"Value ({p[name]}) for parameter {name} is invalid. It must be from 0 to 255.");

    private static bool IsBase64(string text)
    {
        Span<byte> bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out _);
    }

    private static AwsErrorException Invalid(string message) => new("InvalidParameterValue", message);

    private static AwsErrorException Missing(string parameter) => new("MissingParameter", $"The request must contain the parameter {parameter}");

    [GeneratedRegex(@"\Aami-[0-9a-f]{1,17}\z")]
    private static partial Regex ImageId();

    [GeneratedRegex(@"\A[a-z]+\d+[a-z0-9-]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)\z")]
    private static partial Regex InstanceType();
}
