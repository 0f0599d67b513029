namespace TargetDrain.Emulator.AutoScaling;

internal sealed record LaunchConfiguration(string Name, string Arn, string ImageId, string InstanceType, DateTimeOffset Created);

/// <summary>Launch configurations, in state and on the wire. Used under the world's lock.</summary>
internal sealed class LaunchConfigurations(ServiceContext context, AutoScalingGroups groups)
{
    private readonly Dictionary<string, LaunchConfiguration> configurations = [];

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateLaunchConfiguration"] = Create,
        ["DescribeLaunchConfigurations"] = Describe,
        ["DeleteLaunchConfiguration"] = Delete,
    };

    public LaunchConfiguration Find(string name) => configurations.GetValueOrDefault(name)
        ?? throw AwsErrorException.Validation($"Launch configuration name not found - Launch configuration {name} not found");

    private Action<XmlBuffer> Create(QueryParameters p)
    {
        var name = p.Required("LaunchConfigurationName");
        if (configurations.ContainsKey(name))
            throw new AwsErrorException("AlreadyExists", $"Launch Configuration by this name already exists - A launch configuration already exists with the name {name}");
        if (p["InstanceId"] is not null) throw Violations.NotEmulated("InstanceId", "CreateLaunchConfiguration");
        var (image, type) = (p["ImageId"], p["InstanceType"]);
        if (image is null || type is null) throw AwsErrorException.Validation("Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.");
        return _ => configurations[name] = new LaunchConfiguration(
            name, context.Arn("autoscaling", $"launchConfiguration:{context.Ids.Uuid()}:launchConfigurationName/{name}"), image, type, context.Now);
    }

    private Action<XmlBuffer> Describe(QueryParameters p)
    {
        var names = p.List("LaunchConfigurationNames.member");
        var page = AutoScalingQueryApi.Page(p, 50, 100);
        return xml => page.Write(
            xml, "LaunchConfigurations",
            configurations.Values.Where(configuration => names.Count == 0 || names.Contains(configuration.Name)),
            configuration =>
            {
                xml.Element("LaunchConfigurationName", configuration.Name);
                xml.Element("LaunchConfigurationARN", configuration.Arn);
                xml.Element("ImageId", configuration.ImageId);
                xml.Element("InstanceType", configuration.InstanceType);
                xml.Element("KeyName", "");
                xml.Element("KernelId", "");
                xml.Element("RamdiskId", "");
                xml.Element("UserData", "");
                xml.List("SecurityGroups", "member", []);
                xml.List("BlockDeviceMappings", "member", []);
                xml.Element("EbsOptimized", false);
                xml.Element("CreatedTime", configuration.Created);
            });
    }

    private Action<XmlBuffer> Delete(QueryParameters p)
    {
        var configuration = Find(p.Required("LaunchConfigurationName"));
        if (groups.Groups.Any(group => group.Spec.Source.ConfigurationName == configuration.Name))
            throw new AwsErrorException("ResourceInUse", $"Cannot delete launch configuration {configuration.Name} because it is attached to an AutoScalingGroup");
        return _ => configurations.Remove(configuration.Name);
    }
}
