namespace TargetDrain.Emulator.Compute;

/// <summary>A name in a VPC, and no rules: no packet passes here.</summary>
internal sealed record SecurityGroup(string Id, string Name, string Description, Vpc Vpc)
{
    public Dictionary<string, string> Tags { get; init; } = [];
}

/// <summary>Security groups, in state and on the wire; the default ones come with their VPCs. Used under the world's lock.</summary>
internal sealed class SecurityGroups(ServiceContext context, ElasticNetwork network)
{
    private readonly Dictionary<string, SecurityGroup> made = [];

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateSecurityGroup"] = Create,
        ["DescribeSecurityGroups"] = Describe,
        ["DeleteSecurityGroup"] = Delete,
    };

    private IEnumerable<SecurityGroup> All => network.Vpcs
        .Select(vpc => new SecurityGroup(vpc.SecurityGroupId, "default", "default VPC security group", vpc)).Concat(made.Values);

    /// <param name="name">Id, or the name of one in the default VPC.</param>
    public bool Has(string name) => All.Any(group => group.Id == name || (group.Name == name && group.Vpc.IsDefault));

    public bool Has(string id, string vpcId) => All.Any(group => group.Id == id && group.Vpc.Id == vpcId);

    public Dictionary<string, string>? SeekTags(string id) => made.GetValueOrDefault(id)?.Tags;

    private Action<XmlBuffer> Create(QueryParameters p)
    {
        var (name, description) = (p["GroupName"] ?? "", p["GroupDescription"] ?? "");
        var vpc = p["VpcId"] is { } id ? network.Vpc(ResourceIds.Vpc(id)) : network.DefaultSubnet.Vpc;
        if (name.Length is 0 or > 255 || name.StartsWith("sg-", StringComparison.Ordinal))
            throw new AwsErrorException("InvalidParameterValue", $"Value ({name}) for parameter GroupName is invalid.");
        if (description.Length is 0 or > 255)
            throw new AwsErrorException("InvalidParameterValue", $"Value ({description}) for parameter GroupDescription is invalid.");
        if (All.Any(group => group.Vpc == vpc && group.Name == name))
            throw new AwsErrorException("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpc.Id}'");
        var tags = Ec2Tags.AtCreation(p, "security-group");
        return xml =>
        {
            var group = new SecurityGroup(context.Ids.Resource("sg"), name, description, vpc) { Tags = tags };
            made.Add(group.Id, group);
            xml.Element("groupId", group.Id);
            xml.Element("securityGroupArn", ArnOf(group));
            NetworkXml.WriteTags(xml, tags);
        };
    }

    private Action<XmlBuffer> Describe(QueryParameters p)
    {
        var (wanted, names, page) = (p.List("GroupId"), p.List("GroupName"), ComputeQueryApi.Page(p));
        var matches = ResourceFilters.Read<SecurityGroup>(p, name => name switch
        {
            "group-id" => group => [group.Id],
            "group-name" => group => [group.Name],
            "description" => group => [group.Description],
            "vpc-id" => group => [group.Vpc.Id],
            "owner-id" => _ => [context.Options.Account],
            _ => ResourceFilters.Tags<SecurityGroup>(name, group => group.Tags),
        });
        if (wanted.Concat(names).FirstOrDefault(name => !Has(name)) is { } unknown)
            throw new AwsErrorException("InvalidGroup.NotFound", $"The security group '{unknown}' does not exist");
        return xml => page.Write(
            xml, "securityGroupInfo",
            All.Where(group => (wanted.Count == 0 || wanted.Contains(group.Id)) && (names.Count == 0 || names.Contains(group.Name)) && matches(group)),
            group =>
            {
                xml.Element("ownerId", context.Options.Account);
                xml.Element("groupId", group.Id);
                xml.Element("groupName", group.Name);
                xml.Element("groupDescription", group.Description);
                xml.Element("vpcId", group.Vpc.Id);
                xml.Element("securityGroupArn", ArnOf(group));
                xml.List("ipPermissions", "item", []);
                xml.List("ipPermissionsEgress", "item", []);
                NetworkXml.WriteTags(xml, group.Tags);
            });
    }

    private Action<XmlBuffer> Delete(QueryParameters p)
    {
        var id = p["GroupId"] ?? made.Values.FirstOrDefault(group => group.Name == p["GroupName"] && group.Vpc.IsDefault)?.Id ?? "";
        p.Accept("GroupName");
        if (network.Vpcs.Any(vpc => vpc.SecurityGroupId == id))
            throw new AwsErrorException("CannotDelete", "the specified group: \"" + id + "\" name: \"default\" cannot be deleted by a user");
        if (!made.ContainsKey(id)) throw new AwsErrorException("InvalidGroup.NotFound", $"The security group '{id}' does not exist");
        return QueryAnswers.Acknowledged(() => made.Remove(id));
    }

    private string ArnOf(SecurityGroup group) => context.Arn("ec2", $"security-group/{group.Id}");
}
