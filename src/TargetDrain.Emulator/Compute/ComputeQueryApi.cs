namespace TargetDrain.Emulator.Compute;

/// <summary>EC2 on the wire, version 2016-11-15: its instances. Networks are in <see cref="NetworkQueryApi"/>.</summary>
internal sealed class ComputeQueryApi(ServiceContext context, ElasticCompute compute)
{
    public const int LargestPage = 1000;

    private readonly WorldOptions options = context.Options;
    private readonly Dictionary<string, IReadOnlyList<Instance>> launchedBy = [];

    public QueryService Service => new(
        "ec2", "2016-11-15", context.State, Operations, p => p["InstanceId.1"] is { } id ? context.Arn("ec2", $"instance/{id}") : "");

    private Dictionary<string, QueryOperation> Operations => new(
        new NetworkQueryApi(compute, options).Operations.Concat(compute.Templates.Operations).Concat(compute.SecurityGroups.Operations))
    {
        ["RunInstances"] = RunInstances,
        ["TerminateInstances"] = p => ChangeStates(p, compute.PlanTerminate, "Force", "SkipOsShutdown"),
        ["StopInstances"] = p => ChangeStates(p, compute.PlanStop, "Force", "SkipOsShutdown"),
        ["StartInstances"] = p => ChangeStates(p, compute.PlanStart),
        ["RebootInstances"] = Reboot,
        ["DescribeInstances"] = DescribeInstances,
        ["DescribeInstanceStatus"] = DescribeInstanceStatus,
        ["CreateTags"] = p => Ec2Tags.PlanCreate(compute, p).Acknowledged(),
        ["DescribeTags"] = p => Ec2Tags.PlanDescribe(compute, p),
        ["DeleteTags"] = p => Ec2Tags.PlanDelete(compute, p).Acknowledged(),
    };

    /// <summary>MaxResults and NextToken of EC2's Describe calls.</summary>
    public static ListPage Page(QueryParameters p, bool hasIds = false)
    {
        var size = p.Number("MaxResults");
        if (size is not null && hasIds)
            throw new AwsErrorException(
                "InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults");
        if (size is < 5 or > LargestPage)
            throw new AwsErrorException("InvalidParameterValue", $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value between 5 and {LargestPage}.");
        return new ListPage(size ?? LargestPage, ListPage.Before(p["NextToken"], InvalidToken), "nextToken") { Child = "item" };
    }

    public static AwsErrorException InvalidToken() => new("InvalidParameterValue", "Unable to parse pagination token");

    /// <summary>One of EC2's Describe calls.</summary>
    /// <param name="named">What was asked for by id; empty for all there is.</param>
    /// <param name="readerOf">As for <see cref="ResourceFilters.Read"/>.</param>
    public static Action<XmlBuffer> Describe<T>(
        QueryParameters p, string set, IReadOnlyCollection<T> named, Func<IEnumerable<T>> all, Func<string, Func<T, IEnumerable<string>>?> readerOf, Action<XmlBuffer, T> write)
    {
        var page = Page(p);
        var matches = ResourceFilters.Read(p, readerOf);
        return xml => page.Write(xml, set, (named.Count > 0 ? named.Distinct() : all()).Where(matches), resource => write(xml, resource));
    }

    private Action<XmlBuffer> RunInstances(QueryParameters p)
    {
        var (spec, count) = LaunchRequest.Read(p, compute);
        // The same client token again means the same instances again.
        if (spec.ClientToken.Length > 0 && launchedBy.TryGetValue(spec.ClientToken, out var before))
            return xml => InstanceXml.WriteReservation(xml, before, options.Account);
        var launch = compute.PlanLaunch(spec, count);
        return xml =>
        {
            var instances = launch();
            if (spec.ClientToken.Length > 0) launchedBy[spec.ClientToken] = instances;
            InstanceXml.WriteReservation(xml, instances, options.Account);
        };
    }

    /// <param name="harmless">Flags that make no difference here: how hard an operating system is shut down.</param>
    private Action<XmlBuffer> ChangeStates(QueryParameters p, Func<IReadOnlyList<string>, Action> plan, params IReadOnlyList<string> harmless)
    {
        var ids = ResourceIds.Instances(p, required: true).Distinct().ToList();
        foreach (var flag in harmless) p.Accept(flag);
        if (p.Flag("Hibernate") == true)
            throw new AwsErrorException("UnsupportedHibernationConfiguration", "Instances of the emulator are not configured for hibernation.");
        var change = plan(ids);
        return xml =>
        {
            var before = ids.ConvertAll(id => (Instance: compute.Seek(id)!, compute.Seek(id)!.StateCode, compute.Seek(id)!.State));
            change();
            xml.List("instancesSet", "item", before, was =>
            {
                xml.Element("instanceId", was.Instance.Id);
                InstanceXml.WriteState(xml, "currentState", was.Instance.StateCode, was.Instance.State);
                InstanceXml.WriteState(xml, "previousState", was.StateCode, was.State);
            });
        };
    }

    private Action<XmlBuffer> Reboot(QueryParameters p)
    {
        var found = ResourceIds.Instances(p, required: true).ConvertAll(compute.Find);
        if (found.Find(instance => !instance.IsAlive) is { } wrong)
            throw new AwsErrorException("IncorrectInstanceState", $"The instance '{wrong.Id}' is not in the 'running' state.");
        return QueryAnswers.Acknowledged(() => { });
    }

    private Action<XmlBuffer> DescribeInstances(QueryParameters p)
    {
        var (page, found) = Select(p);
        return xml =>
        {
            var list = found().Skip(page.After).Take(page.Size + 1).ToList();
            xml.List(
                "reservationSet", "item", list.Take(page.Size).GroupBy(instance => instance.ReservationId),
                reservation => InstanceXml.WriteReservation(xml, [.. reservation], options.Account));
            if (list.Count > page.Size) xml.Element(page.Next, page.After + page.Size);
        };
    }

    private Action<XmlBuffer> DescribeInstanceStatus(QueryParameters p)
    {
        var all = p.Flag("IncludeAllInstances") ?? false;
        var (page, found) = Select(p);
        return xml => page.Write(
            xml, "instanceStatusSet", found().Where(instance => all || instance.State == "running"), instance => InstanceXml.WriteStatus(xml, instance));
    }

    /// <summary>The instances that a Describe call names or filters.</summary>
    private (ListPage Page, Func<IEnumerable<Instance>> Found) Select(QueryParameters p)
    {
        var ids = ResourceIds.Instances(p, required: false);
        var page = Page(p, hasIds: ids.Count > 0);
        p.Accept("IncludeManagedResources");
        var matches = ResourceFilters.Read<Instance>(p, name => InstanceFilters.OfInstance(name, options.Account));
        var named = compute.All(ids);
        return (page, () => (ids.Count > 0 ? named : compute.Visible()).Where(matches));
    }
}
