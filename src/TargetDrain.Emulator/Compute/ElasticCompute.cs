using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Events;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Emulator.Compute;

/// <summary>EC2: instances, from pending to an hour after their termination.</summary>
public sealed partial class ElasticCompute
{
    // "Recently terminated instances might appear in the returned results", for about an hour.
    private static readonly TimeSpan TerminatedVisible = TimeSpan.FromHours(1);
    private readonly StateLock state;
    private readonly Scheduler scheduler;
    private readonly IdSource ids;
    private readonly EventBus events;
    private readonly WorldOptions options;
    private readonly Dictionary<string, Instance> instances = [];
    private readonly Dictionary<string, NetworkInterface> interfaces = [];

    internal ElasticCompute(StateLock state, Scheduler scheduler, IdSource ids, EventBus events, WorldOptions options)
    {
        this.state = state;
        this.scheduler = scheduler;
        this.ids = ids;
        this.events = events;
        this.options = options;
        Network = new ElasticNetwork(ids, options.Region);
        Templates = new LaunchTemplates(ids, scheduler, options);
        SecurityGroups = new SecurityGroups(ids, Network, options);
    }

    /// <summary>Within the change that makes it so.</summary>
    internal event Action<Instance>? StateChanged;

    public IReadOnlyList<Vpc> Vpcs => state.Read(() => Network.Vpcs.ToList());

    public IReadOnlyList<Subnet> Subnets => state.Read(() => Network.Subnets.ToList());

    public Vpc DefaultVpc => Network.DefaultSubnet.Vpc;

    /// <summary>All that can still be seen.</summary>
    public IReadOnlyList<Instance> Instances => state.Read(() => Visible().ToList());

    internal ElasticNetwork Network { get; }

    internal LaunchTemplates Templates { get; }

    internal SecurityGroups SecurityGroups { get; }

    public Vpc CreateVpc(string cidr) => state.Perform(() => PlanVpc(cidr));

    public Subnet CreateSubnet(string vpcId, string cidr, string? availabilityZone = null) =>
        state.Perform(() => PlanSubnet(vpcId, cidr, availabilityZone));

    /// <summary>Launches one instance.</summary>
    public Instance RunInstance(InstanceSpec? spec = null) => RunInstances(spec ?? new InstanceSpec(), 1)[0];

    public IReadOnlyList<Instance> RunInstances(InstanceSpec spec, int count) => state.Perform(() => PlanLaunch(spec, count));

    /// <exception cref="AwsErrorException">InvalidInstanceID.NotFound.</exception>
    public Instance Find(string id) => state.Read(() => Seek(id) ?? throw NotFound([id]));

    public void Terminate(string id) => state.Perform(() => PlanTerminate([id]));

    public void Stop(string id) => state.Perform(() => PlanStop([id]));

    public void Start(string id) => state.Perform(() => PlanStart([id]));

    /// <summary>Creates an interface and attaches it to a running instance.</summary>
    public NetworkInterface AttachNetworkInterface(string instanceId, InterfaceSpec? spec = null) => state.Perform<NetworkInterface>(() =>
    {
        var instance = Seek(instanceId) ?? throw NotFound([instanceId]);
        var wanted = spec ?? new InterfaceSpec { DeleteOnTermination = false };
        var (addresses, card) = PlanCard(wanted, wanted.SubnetId is { } id ? Network.Subnet(id) : instance.Subnet);
        return () =>
        {
            addresses.Take();
            return Attach(instance, card);
        };
    });

    /// <summary>Leaves the interface standing alone, with its addresses.</summary>
    public void DetachNetworkInterface(string networkInterfaceId) => state.Perform(() =>
    {
        var card = Interface(networkInterfaceId);
        return () => Detach(card);
    });

    /// <summary>Gives an interface more addresses or prefixes: the lists and counts of the spec.</summary>
    public void AssignPrivateIpAddresses(string networkInterfaceId, InterfaceSpec more) =>
        state.Perform(() => PlanAssign(Interface(networkInterfaceId), more));

    /// <summary>Takes one address from an interface, as the VPC CNI does when a pod has gone.</summary>
    public void UnassignPrivateIpAddress(string networkInterfaceId, string address) => state.Perform(() =>
    {
        var (card, parsed) = (Interface(networkInterfaceId), IPAddress.Parse(address));
        return () => Network.Unassign(card, parsed);
    });

    internal Func<Vpc> PlanVpc(string cidr, string tenancy = "default")
    {
        var network = Cidr.Parse(cidr, "cidrBlock");
        if (network.PrefixLength is < 16 or > 28) throw new AwsErrorException("InvalidVpc.Range", $"The CIDR '{cidr}' is invalid.");
        return () => Network.CreateVpc(network, tenancy: tenancy);
    }

    internal Func<Subnet> PlanSubnet(string vpcId, string cidr, string? availabilityZone)
    {
        var (vpc, network) = (Network.Vpc(vpcId), Cidr.Parse(cidr, "cidrBlock"));
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
            var reservation = ids.Resource("r");
            return [.. cards.Select((drafts, index) => Launch(spec, home, drafts, reservation, index))];
        };
    }

    internal static (AddressDraft Addresses, CardDraft Card) PlanCard(InterfaceSpec spec, Subnet subnet)
    {
        var addresses = new AddressDraft();
        return (addresses, addresses.Choose(spec, subnet));
    }

    internal Action PlanAssign(NetworkInterface card, InterfaceSpec more)
    {
        var addresses = new AddressDraft();
        var draft = addresses.Choose(more, card.Subnet, withPrimary: false);
        return () =>
        {
            addresses.Take();
            Network.Assign(card, draft);
        };
    }

    internal Action PlanTerminate(IReadOnlyList<string> instanceIds)
    {
        var doomed = All(instanceIds);
        return () => doomed.ForEach(Shut);
    }

    internal Action PlanStop(IReadOnlyList<string> instanceIds)
    {
        var found = All(instanceIds);
        if (found.Find(instance => !instance.IsAlive && instance.State is not ("stopping" or "stopped")) is { } wrong) throw WrongState(wrong, "stopped");
        return () => found.Where(instance => instance.IsAlive).ToList().ForEach(Halt);
    }

    internal Action PlanStart(IReadOnlyList<string> instanceIds)
    {
        var found = All(instanceIds);
        if (found.Find(instance => !instance.IsAlive && instance.State != "stopped") is { } wrong) throw WrongState(wrong, "started");
        return () => found.Where(instance => instance.State == "stopped").ToList().ForEach(Boot);
    }

    internal NetworkInterface CreateInterface(CardDraft draft)
    {
        var card = Network.Create(draft);
        interfaces.Add(card.Id, card);
        return card;
    }

    internal static void AttachTo(Instance instance, NetworkInterface card, int deviceIndex)
    {
        card.Instance = instance;
        card.DeviceIndex = deviceIndex;
        instance.Attached.Add(card);
    }

    internal static void Detach(NetworkInterface card)
    {
        card.Instance?.Attached.Remove(card);
        card.Instance = null;
    }

    internal void Delete(NetworkInterface card)
    {
        Network.Delete(card);
        interfaces.Remove(card.Id);
    }

    /// <summary>The tags of whatever has this id; null when nothing has.</summary>
    internal Dictionary<string, string>? SeekTags(string id) =>
        Seek(id)?.TagMap ?? Network.SeekVpc(id)?.TagMap ?? Network.SeekSubnet(id)?.TagMap ?? interfaces.GetValueOrDefault(id)?.TagMap
        ?? Templates.SeekTags(id) ?? SecurityGroups.SeekTags(id);

    /// <summary>Everything that has tags, as DescribeTags tells it.</summary>
    internal IEnumerable<(string Id, string Type, IReadOnlyDictionary<string, string> Tags)> Tagged => Visible()
        .Select(instance => (instance.Id, "instance", instance.Tags))
        .Concat(Network.Vpcs.Select(vpc => (vpc.Id, "vpc", vpc.Tags)))
        .Concat(Network.Subnets.Select(subnet => (subnet.Id, "subnet", subnet.Tags)))
        .Concat(Interfaces.Select(card => (card.Id, "network-interface", card.Tags)));

    internal Instance? Seek(string id) =>
        instances.TryGetValue(id, out var instance) && IsVisible(instance) ? instance : null;

    /// <summary>Attached or standing alone.</summary>
    internal IEnumerable<NetworkInterface> Interfaces => interfaces.Values;

    internal IEnumerable<Instance> Visible() => instances.Values.Where(IsVisible);

    internal NetworkInterface Interface(string id) => interfaces.GetValueOrDefault(id)
        ?? throw new AwsErrorException("InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist");

    internal static AwsErrorException NotFound(IReadOnlyList<string> missing) => new(
        "InvalidInstanceID.NotFound",
        missing.Count == 1
            ? $"The instance ID '{missing[0]}' does not exist"
            : $"The instance IDs '{string.Join(", ", missing)}' do not exist");

    private Instance Launch(InstanceSpec spec, Subnet subnet, List<CardDraft> cards, string reservation, int index)
    {
        var instance = new Instance
        {
            Id = ids.Resource("i"),
            ReservationId = reservation,
            Subnet = subnet,
            ImageId = spec.ImageId,
            InstanceType = spec.InstanceType,
            SpotBehavior = spec.SpotBehavior,
            LaunchTime = scheduler.Now,
            TagMap = new Dictionary<string, string>(spec.Tags),
            LaunchIndex = index,
            Spec = spec,
        };
        foreach (var card in cards) Attach(instance, card);
        instances.Add(instance.Id, instance);
        Boot(instance);
        return instance;
    }

    private void Boot(Instance instance)
    {
        (instance.StateReason, instance.StateTransitionReason) = (null, "");
        Enter(instance, "pending");
        After(options.PendingTime, () =>
        {
            if (instance.State == "pending") Enter(instance, "running");
        });
    }

    private NetworkInterface Attach(Instance instance, CardDraft draft)
    {
        var card = CreateInterface(draft);
        AttachTo(instance, card, instance.Attached.Count);
        foreach (var (key, value) in draft.Spec.Tags) card.TagMap[key] = value;
        return card;
    }

    private void Shut(Instance instance)
    {
        if (instance.State is "shutting-down" or "terminated") return;
        instance.StateTransitionReason = $"User initiated ({Stamp(scheduler.Now)})";
        instance.StateReason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
        if (options.CardsDetachInSight)
            foreach (var card in instance.Attached) card.AttachmentStatus = "detaching";
        Enter(instance, "shutting-down");
        scheduler.After(options.ShutdownTime, () => state.Change(() => Bury(instance)));
        if (options.AddressesKept < options.ShutdownTime)
            scheduler.After(options.AddressesKept, () => state.Change(() => TakeInterfaces(instance)));
    }

    private void Halt(Instance instance)
    {
        instance.StateTransitionReason = $"User initiated ({Stamp(scheduler.Now)})";
        instance.StateReason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
        Enter(instance, "stopping");
        After(options.StopTime, () =>
        {
            if (instance.State == "stopping") Enter(instance, "stopped");
        });
    }

    private void Bury(Instance instance)
    {
        TakeInterfaces(instance);
        instance.TerminatedAt = scheduler.Now;
        Enter(instance, "terminated");
        scheduler.After(TerminatedVisible, () => state.Change(() => instances.Remove(instance.Id)));
    }

    private void TakeInterfaces(Instance instance)
    {
        foreach (var card in instance.Attached)
        {
            (card.Instance, card.AttachmentStatus) = (null, "attached");
            if (card.DeleteOnTermination) Delete(card);
        }
        instance.Attached.Clear();
    }

    private void Enter(Instance instance, string to)
    {
        instance.State = to;
        state.Write(new InstanceStateChanged(instance.Id, to));
        StateChanged?.Invoke(instance);
        Publish("EC2 Instance State-change Notification",
            $"arn:aws:ec2:{options.Region}:{options.Account}:instance/{instance.Id}",
            new JsonObject { ["instance-id"] = instance.Id, ["state"] = to });
    }

    /// <summary>Without a delay it is done within this change, so that a world without waiting times needs no clock to move.</summary>
    private void After(TimeSpan delay, Action action)
    {
        if (delay <= TimeSpan.Zero) action();
        else scheduler.After(delay, () => state.Change(action));
    }

    private void Publish(string detailType, string resource, JsonObject detail) =>
        state.Later(() => events.Publish("aws.ec2", detailType, detail, resource));

    private bool IsVisible(Instance instance) =>
        instance.TerminatedAt is not { } terminated || terminated + TerminatedVisible > scheduler.Now;

    private List<Instance> All(IReadOnlyList<string> instanceIds)
    {
        var missing = instanceIds.Where(id => Seek(id) is null).ToList();
        return missing.Count == 0 ? [.. instanceIds.Distinct().Select(id => Seek(id)!)] : throw NotFound(missing);
    }

    private static AwsErrorException WrongState(Instance instance, string verb) => new(
        "IncorrectInstanceState", $"The instance '{instance.Id}' is not in a state from which it can be {verb}.");

    private static string Stamp(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
}
