using TargetDrain.Emulator.Events;

namespace TargetDrain.Emulator.Compute;

/// <summary>EC2: launches instances and knows them; their states and network interfaces are in the other files.</summary>
internal sealed partial class ElasticCompute(ServiceContext context, EventBus events)
{
    private readonly StateLock state = context.State;
    private readonly Dictionary<string, Instance> instances = [];

    public IReadOnlyList<Vpc> Vpcs => state.Read(() => Network.Vpcs.ToList());

    public IReadOnlyList<Subnet> Subnets => state.Read(() => Network.Subnets.ToList());

    public Vpc DefaultVpc => Network.DefaultSubnet.Vpc;

    /// <summary>All that can still be seen.</summary>
    public IReadOnlyList<Instance> Instances => state.Read(() => Visible().ToList());

    internal ElasticNetwork Network { get; } = new(context.Ids, context.Options.Region);

    internal LaunchTemplates Templates { get; } = new(context);

    internal SecurityGroups SecurityGroups => field ??= new SecurityGroups(context, Network);

    public Vpc CreateVpc(string cidr) => state.Perform(() => PlanVpc(cidr));

    public Subnet CreateSubnet(string vpcId, string cidr, string? availabilityZone = null) =>
        state.Perform(() => PlanSubnet(vpcId, cidr, availabilityZone));

    /// <summary>Launches one instance.</summary>
    public Instance RunInstance(InstanceSpec? spec = null) => RunInstances(spec ?? new InstanceSpec(), 1)[0];

    public IReadOnlyList<Instance> RunInstances(InstanceSpec spec, int count) => state.Perform(() => PlanLaunch(spec, count));

    /// <exception cref="AwsErrorException">InvalidInstanceID.NotFound.</exception>
    public Instance Find(string id) => state.Read(() => Seek(id) ?? throw NotFound([id]));

    internal Func<Vpc> PlanVpc(string cidr, string tenancy = "default")
    {
        var network = Addresses.ParseBlock(cidr, "cidrBlock");
        if (network.PrefixLength is < 16 or > 28) throw new AwsErrorException("InvalidVpc.Range", $"The CIDR '{cidr}' is invalid.");
        return () => Network.CreateVpc(network, tenancy: tenancy);
    }

    internal Func<Subnet> PlanSubnet(string vpcId, string cidr, string? availabilityZone)
    {
        var (vpc, network) = (Network.Vpc(vpcId), Addresses.ParseBlock(cidr, "cidrBlock"));
        Network.CheckSubnet(vpc, network, availabilityZone);
        return () => Network.CreateSubnet(vpc, network, availabilityZone);
    }

    internal Func<IReadOnlyList<Instance>> PlanLaunch(InstanceSpec spec, int count)
    {
        var specs = spec.Interfaces.Count > 0 ? spec.Interfaces : [new InterfaceSpec()];
        var home = (specs[0].SubnetId ?? spec.SubnetId) is { } id ? Network.Subnet(id) : Network.DefaultSubnet;
        var addresses = new AddressDraft();
        var cards = Enumerable.Range(0, count)
            .Select(_ => specs.Select(card => addresses.Choose(card, card.SubnetId is { } other ? Network.Subnet(other) : home)).ToList())
            .ToList();
        return () =>
        {
            addresses.Take();
            var reservation = context.Ids.Resource("r");
            return [.. cards.Select((drafts, index) => Launch(spec, home, drafts, reservation, index))];
        };
    }

    /// <summary>The tags of whatever has this id, to read and to change.</summary>
    /// <exception cref="AwsErrorException">Nothing has it.</exception>
    internal Dictionary<string, string> TagsOf(string id) => id.Split('-')[0] switch
    {
        "i" => Find(id).Tags,
        "vpc" => Network.Vpc(id).Tags,
        "subnet" => Network.Subnet(id).Tags,
        "eni" => Interface(id).Tags,
        _ => Templates.SeekTags(id) ?? SecurityGroups.SeekTags(id) ?? throw new AwsErrorException("InvalidID", $"The ID '{id}' is not valid"),
    };

    /// <summary>Everything that has tags, as DescribeTags tells it.</summary>
    internal IEnumerable<(string Id, string Type, Dictionary<string, string> Tags)> Tagged => Visible()
        .Select(instance => (instance.Id, "instance", instance.Tags))
        .Concat(Network.Vpcs.Select(vpc => (vpc.Id, "vpc", vpc.Tags)))
        .Concat(Network.Subnets.Select(subnet => (subnet.Id, "subnet", subnet.Tags)))
        .Concat(Interfaces.Select(card => (card.Id, "network-interface", card.Tags)));

    internal Instance? Seek(string id) =>
        instances.TryGetValue(id, out var instance) && IsVisible(instance) ? instance : null;

    internal IEnumerable<Instance> Visible() => instances.Values.Where(IsVisible);

    internal static AwsErrorException NotFound(IReadOnlyList<string> missing) => new(
        "InvalidInstanceID.NotFound",
        missing.Count == 1
            ? $"The instance ID '{missing[0]}' does not exist"
            : $"The instance IDs '{string.Join(", ", missing)}' do not exist");

    private Instance Launch(InstanceSpec spec, Subnet subnet, List<CardDraft> cards, string reservation, int index)
    {
        var instance = new Instance
        {
            Id = context.Ids.Resource("i"), ReservationId = reservation, Subnet = subnet, LaunchTime = context.Now, LaunchIndex = index, Spec = spec,
            Tags = new Dictionary<string, string>(spec.Tags),
        };
        foreach (var card in cards) Attach(instance, card);
        instances.Add(instance.Id, instance);
        Boot(instance);
        return instance;
    }

    internal List<Instance> All(IReadOnlyList<string> instanceIds)
    {
        var missing = instanceIds.Where(id => Seek(id) is null).ToList();
        return missing.Count == 0 ? [.. instanceIds.Distinct().Select(id => Seek(id)!)] : throw NotFound(missing);
    }
}
