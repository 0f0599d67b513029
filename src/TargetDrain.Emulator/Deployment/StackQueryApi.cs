namespace TargetDrain.Emulator.Deployment;

/// <summary>CloudFormation's describing calls, version 2010-05-15.</summary>
internal sealed class StackQueryApi(StackRegistry registry, StateLock state)
{
    private const int PageSize = 100;

    public QueryService Service { get; } = new(
        "cloudformation", "2010-05-15", state,
        new Dictionary<string, QueryOperation>
        {
            ["DescribeStacks"] = p =>
            {
                var (named, page) = (p["StackName"] is { Length: > 0 } name ? Find(registry, name) : null, Page(p));
                return xml => page.Write(xml, "Stacks", named is null ? registry.Stacks : [named], stack => Write(xml, stack));
            },
            ["ListStackResources"] = p =>
            {
                var (stack, page) = (Find(registry, p.Required("StackName")), Page(p));
                return xml => page.Write(xml, "StackResourceSummaries", stack.Resources, resource =>
                {
                    xml.Element("LogicalResourceId", resource.LogicalId);
                    xml.Element("PhysicalResourceId", resource.PhysicalId);
                    xml.Element("ResourceType", resource.Type);
                    xml.Element("LastUpdatedTimestamp", stack.Created);
                    xml.Element("ResourceStatus", "CREATE_COMPLETE");
                });
            },
        },
        _ => "");

    private static InstalledStackView Find(StackRegistry registry, string name) =>
        registry.Stack(name) ?? throw AwsErrorException.Validation($"Stack with id {name} does not exist");

    private static ListPage Page(QueryParameters p) => new(
        PageSize, p["NextToken"] is { Length: > 0 } token && int.TryParse(token, out var after) && after >= 0 ? after : 0, "NextToken");

    private static void Write(XmlBuffer xml, InstalledStackView stack)
    {
        xml.Element("StackId", stack.Arn);
        xml.Element("StackName", stack.Name);
        xml.Element("CreationTime", stack.Created);
        xml.Element("Description", stack.Description);
        xml.Element("StackStatus", stack.Status);
        xml.Element("StackStatusReason", stack.StatusReason);
        xml.Element("DisableRollback", false);
        xml.List("Capabilities", "member", ["CAPABILITY_IAM"]);
        xml.List("NotificationARNs", "member", []);
        xml.Pairs("Parameters", "member", "ParameterKey", "ParameterValue", stack.Parameters);
        xml.Pairs("Outputs", "member", "OutputKey", "OutputValue", stack.Outputs);
        xml.List("Tags", "member", []);
    }
}
