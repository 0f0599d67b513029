namespace TargetDrain.Emulator.Compute;

/// <summary>What to launch, under a name. There is one version of each: more are not emulated.</summary>
internal sealed record LaunchTemplate(string Id, string Name, string? ImageId, string? InstanceType, DateTimeOffset Created)
{
    public Dictionary<string, string> TagMap { get; init; } = [];
}

/// <summary>Launch templates, in state and on the wire. Used under the world's lock.</summary>
internal sealed class LaunchTemplates(IdSource ids, Scheduler scheduler, WorldOptions options)
{
    private readonly Dictionary<string, LaunchTemplate> templates = [];

    public IReadOnlyDictionary<string, QueryOperation> Operations => new Dictionary<string, QueryOperation>
    {
        ["CreateLaunchTemplate"] = (p, _) => Create(p),
        ["DescribeLaunchTemplates"] = (p, _) => Describe(p),
        ["DeleteLaunchTemplate"] = (p, _) => Delete(p),
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

    public Dictionary<string, string>? SeekTags(string id) => templates.GetValueOrDefault(id)?.TagMap;

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
            var template = new LaunchTemplate(ids.Resource("lt"), name, image, type, scheduler.Now) { TagMap = tags };
            templates.Add(template.Id, template);
            Write(xml, template);
        };
    }

    private Action<XmlBuffer> Describe(QueryParameters p)
    {
        var named = p.List("LaunchTemplateId").Select(id => Find(id, null, null))
            .Concat(p.List("LaunchTemplateName").Select(name => Find(null, name, null))).Distinct().ToList();
        var size = p.Number("MaxResults") ?? 200;
        p.Accept("IncludeManagedResources");
        var after = MarkerPage.Read(p, "MaxResults", "NextToken", 200, 200, _ => new AwsErrorException("InvalidParameterValue", "Unable to parse pagination token")).After;
        var matches = ResourceFilters.Read<LaunchTemplate>(p, name => name switch
        {
            "launch-template-name" => template => [template.Name],
            _ => ResourceFilters.Tags<LaunchTemplate>(name, template => template.TagMap),
        });
        return xml => new Ec2Page(size, after).Write(
            xml, "launchTemplates", (named.Count > 0 ? named : templates.Values.ToList()).Where(template => matches(template)), template => WriteMembers(xml, template));
    }

    private Action<XmlBuffer> Delete(QueryParameters p)
    {
        var template = Find(p["LaunchTemplateId"], p["LaunchTemplateName"], null);
        return xml =>
        {
            templates.Remove(template.Id);
            Write(xml, template);
        };
    }

    private void Write(XmlBuffer xml, LaunchTemplate template)
    {
        xml.Open("launchTemplate");
        WriteMembers(xml, template);
        xml.Close("launchTemplate");
    }

    private void WriteMembers(XmlBuffer xml, LaunchTemplate template)
    {
        xml.Element("launchTemplateId", template.Id);
        xml.Element("launchTemplateName", template.Name);
        xml.Element("createTime", template.Created);
        xml.Element("createdBy", $"arn:aws:iam::{options.Account}:root");
        xml.Element("defaultVersionNumber", 1);
        xml.Element("latestVersionNumber", 1);
        NetworkXml.WriteTags(xml, template.TagMap);
    }
}
