namespace TargetDrain.Emulator.Compute;

/// <summary>What to launch, under a name. There is one version of each: more are not emulated.</summary>
internal sealed record LaunchTemplate(string Id, string Name, string? ImageId, string? InstanceType, DateTimeOffset Created)
{
    public Dictionary<string, string> Tags { get; init; } = [];
}

/// <summary>Launch templates, in state and on the wire. Used under the world's lock.</summary>
internal sealed class LaunchTemplates(ServiceContext context)
{
    private readonly Dictionary<string, LaunchTemplate> templates = [];

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateLaunchTemplate"] = Create,
        ["DescribeLaunchTemplates"] = Describe,
        ["DeleteLaunchTemplate"] = Delete,
    };

    /// <exception cref="AwsErrorException">There is no such template, or no such version of it.</exception>
    public LaunchTemplate Find(string? id, string? name, string? version)
    {
        if (id is null && name is null)
            throw new AwsErrorException("MissingParameter", "The request must contain the parameter launch template ID or launch template name");
        if (id is not null && name is not null)
            throw new AwsErrorException("InvalidParameterCombination", "You must specify either a launch template ID or a launch template name");
        var found = templates.Values.FirstOrDefault(template => template.Id == id || template.Name == name)
            ?? throw (id is not null
                ? new AwsErrorException("InvalidLaunchTemplateId.NotFound", $"The specified launch template, with template ID {id}, does not exist.")
                : new AwsErrorException("InvalidLaunchTemplateName.NotFoundException", $"The specified launch template, with template name {name}, does not exist."));
        return version is null or "1" or "$Latest" or "$Default"
            ? found
            : throw new AwsErrorException("InvalidLaunchTemplateId.VersionNotFound", $"Could not find launch template version {version}");
    }

    public Dictionary<string, string>? SeekTags(string id) => templates.GetValueOrDefault(id)?.Tags;

    private Action<XmlBuffer> Create(QueryParameters p)
    {
        var name = p["LaunchTemplateName"]!;
        p.Accept("ClientToken");
        if (p["VersionDescription"] is { Length: > 0 })
            throw new AwsErrorException("NotEmulated", "The emulator does not emulate the parameter VersionDescription of CreateLaunchTemplate; leave it out.");
        if (templates.Values.Any(template => template.Name == name))
            throw new AwsErrorException("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
        var (image, type, tags) = (p["LaunchTemplateData.ImageId"], p["LaunchTemplateData.InstanceType"], Ec2Tags.AtCreation(p, "launch-template"));
        return xml =>
        {
            var template = new LaunchTemplate(context.Ids.Resource("lt"), name, image, type, context.Now) { Tags = tags };
            templates.Add(template.Id, template);
            xml.Element("launchTemplate", () => Write(xml, template));
        };
    }

    private Action<XmlBuffer> Describe(QueryParameters p)
    {
        var named = p.List("LaunchTemplateId").Select(id => Find(id, null, null))
            .Concat(p.List("LaunchTemplateName").Select(name => Find(null, name, null))).Distinct().ToList();
        p.Accept("IncludeManagedResources");
        var size = ListPage.SizeOf(p, "MaxResults", 200, 200);
        var page = new ListPage(size, ListPage.Before(p["NextToken"], ComputeQueryApi.InvalidToken), "nextToken") { Child = "item" };
        var matches = ResourceFilters.Read<LaunchTemplate>(p, name => name switch
        {
            "launch-template-name" => template => [template.Name],
            _ => ResourceFilters.Tags<LaunchTemplate>(name, template => template.Tags),
        });
        return xml => page.Write(
            xml, "launchTemplates", (named.Count > 0 ? named : templates.Values.ToList()).Where(matches), template => Write(xml, template));
    }

    private Action<XmlBuffer> Delete(QueryParameters p)
    {
        var template = Find(p["LaunchTemplateId"], p["LaunchTemplateName"], null);
        return xml =>
        {
            templates.Remove(template.Id);
            xml.Element("launchTemplate", () => Write(xml, template));
        };
    }

    private void Write(XmlBuffer xml, LaunchTemplate template)
    {
        xml.Element("launchTemplateId", template.Id);
        xml.Element("launchTemplateName", template.Name);
        xml.Element("createTime", template.Created);
        xml.Element("createdBy", $"arn:aws:iam::{context.Options.Account}:root");
        xml.Element("defaultVersionNumber", 1);
        xml.Element("latestVersionNumber", 1);
        NetworkXml.WriteTags(xml, template.Tags);
    }
}
