namespace TargetDrain.Emulator.Deployment;

/// <summary>CloudFormation's describing calls, version 2010-05-15.</summary>
internal sealed class StackQueryApi(StackRegistry registry, StateLock state)
{
    private const int PageSize = 100;

    public QueryService Service { get; } = new(
        "cloudformation", "2010-05-15", state,
        new Dictionary<string, QueryOperation>
        {
            ["DescribeStacks"] = (p, _) =>
            {
                var (named, page) = (p["StackName"] is { Length: > 0 } name ? Find(registry, name) : null, Page(p));
                return xml => page.Write(xml, "Stacks", "NextToken", named is null ? registry.Stacks : [named], stack => Write(xml, stack));
            },
            ["ListStackResources"] = (p, _) =>
            {
                var (stack, page) = (Find(registry, p.Required("StackName")), Page(p));
                return xml => page.Write(xml, "StackResourceSummaries", "NextToken", stack.Resources, resource =>
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

    private static MarkerPage Page(QueryParameters p) => new(PageSize, p["NextToken"] is { Length: > 0 } token && int.TryParse(token, out var after) && after >= 0 ? after : 0);

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
        xml.List("Parameters", "member", stack.Parameters, parameter =>
        {
            xml.Element("ParameterKey", parameter.Key);
            xml.Element("ParameterValue", parameter.Value);
        });
        xml.List("Outputs", "member", stack.Outputs, output =>
        {
            xml.Element("OutputKey", output.Key);
            xml.Element("OutputValue", output.Value);
        });
        xml.List("Tags", "member", []);
    }
}
