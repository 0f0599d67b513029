namespace TargetDrain.Emulator.Compute;

/// <summary>EC2 on the wire, version 2016-11-15: its instances. Networks are in <see cref="NetworkQueryApi"/>.</summary>
internal sealed class ComputeQueryApi
{
    private readonly ElasticCompute compute;
    private readonly WorldOptions options;
    private readonly Dictionary<string, IReadOnlyList<Instance>> launchedBy = [];

    public ComputeQueryApi(ElasticCompute compute, StateLock state, WorldOptions options)
    {
        this.compute = compute;
        this.options = options;
        var operations = new Dictionary<string, QueryOperation>(new NetworkQueryApi(compute, options).Operations.Concat(compute.Templates.Operations).Concat(compute.SecurityGroups.Operations))
        {
            ["RunInstances"] = (p, _) => RunInstances(p),
            ["TerminateInstances"] = (p, _) => ChangeStates(p, compute.PlanTerminate, "Force", "SkipOsShutdown"),
            ["StopInstances"] = (p, _) => ChangeStates(p, compute.PlanStop, "Force", "SkipOsShutdown"),
            ["StartInstances"] = (p, _) => ChangeStates(p, compute.PlanStart),
            ["RebootInstances"] = (p, _) => Reboot(p),
            ["DescribeInstances"] = (p, _) => DescribeInstances(p),
            ["DescribeInstanceStatus"] = (p, _) => DescribeInstanceStatus(p),
            ["CreateTags"] = (p, _) => Acknowledged(Ec2Tags.PlanCreate(compute, p)),
            ["DescribeTags"] = (p, _) => Ec2Tags.PlanDescribe(compute, p),
            ["DeleteTags"] = (p, _) => Acknowledged(Ec2Tags.PlanDelete(compute, p)),
        };
        Service = new QueryService("ec2", "2016-11-15", state, operations,
            p => p["InstanceId.1"] is { } id ? $"arn:aws:ec2:{options.Region}:{options.Account}:instance/{id}" : "");
    }

    public QueryService Service { get; }

    /// <summary>The answer of calls that have nothing to say: "return" is true.</summary>
    internal static Action<XmlBuffer> Acknowledged(Action change) => xml =>
    {
        change();
        xml.Element("return", true);
    };

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
        return Acknowledged(() => { });
    }

    private Action<XmlBuffer> DescribeInstances(QueryParameters p)
    {
        var ids = ResourceIds.Instances(p, required: false);
        var page = Ec2Page.Read(p, hasIds: ids.Count > 0);
        p.Accept("IncludeManagedResources");
        var matches = ResourceFilters.Read<Instance>(p, name => InstanceFilters.OfInstance(name, options.Account));
        var found = Named(ids);
        return xml =>
        {
            var shown = (found ?? compute.Visible()).Where(instance => matches(instance));
            var size = found is null ? page.Size : int.MaxValue - 1;
            var list = shown.Skip(page.After).Take(size + 1).ToList();
            xml.List(
                "reservationSet", "item", list.Take(size).GroupBy(instance => instance.ReservationId),
                reservation => InstanceXml.WriteReservation(xml, [.. reservation], options.Account));
            if (list.Count > size) xml.Element("nextToken", page.After + size);
        };
    }

    private Action<XmlBuffer> DescribeInstanceStatus(QueryParameters p)
    {
        var ids = ResourceIds.Instances(p, required: false);
        var page = Ec2Page.Read(p, hasIds: ids.Count > 0);
        var all = p.Flag("IncludeAllInstances") ?? false;
        p.Accept("IncludeManagedResources");
        var matches = ResourceFilters.Read<Instance>(p, name => InstanceFilters.OfInstance(name, options.Account));
        var found = Named(ids);
        return xml => page.Write(
            xml, "instanceStatusSet",
            (found ?? compute.Visible()).Where(instance => matches(instance) && (all || instance.State == "running")),
            instance => InstanceXml.WriteStatus(xml, instance));
    }

    private List<Instance>? Named(List<string> ids)
    {
        var missing = ids.Where(id => compute.Seek(id) is null).ToList();
        if (missing.Count > 0) throw ElasticCompute.NotFound(missing);
        return ids.Count == 0 ? null : [.. ids.Distinct().Select(id => compute.Seek(id)!)];
    }
}
