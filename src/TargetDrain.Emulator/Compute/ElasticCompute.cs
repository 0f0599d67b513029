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
    private readonly Agenda agenda;
    private readonly IdSource ids;
    private readonly EventBus events;
    private readonly WorldOptions options;
    private readonly Dictionary<string, Instance> instances = [];
    private readonly Dictionary<string, NetworkInterface> interfaces = [];

    internal ElasticCompute(StateLock state, Agenda agenda, IdSource ids, EventBus events, WorldOptions options)
    {
        this.state = state;
        this.agenda = agenda;
        this.ids = ids;
        this.events = events;
        this.options = options;
        Network = new ElasticNetwork(ids, options.Region);
    }

    /// <summary>Within the change that makes it so.</summary>
    internal event Action<Instance>? StateChanged;

    public IReadOnlyList<Vpc> Vpcs => state.Change(() => Network.Vpcs.ToList());

    public IReadOnlyList<Subnet> Subnets => state.Change(() => Network.Subnets.ToList());

    public Vpc DefaultVpc => Network.DefaultSubnet.Vpc;

    /// <summary>All that can still be seen.</summary>
    public IReadOnlyList<Instance> Instances => state.Change(() => Visible().ToList());

    internal ElasticNetwork Network { get; }

    public Vpc CreateVpc(string cidr) => state.Change(() => Network.CreateVpc(ParseCidr(cidr)));

    public Subnet CreateSubnet(string vpcId, string cidr, string? availabilityZone = null) =>
        state.Change(() => Network.CreateSubnet(vpcId, ParseCidr(cidr), availabilityZone));

    /// <summary>Launches one instance.</summary>
    public Instance RunInstance(InstanceSpec? spec = null) => RunInstances(spec ?? new InstanceSpec(), 1)[0];

    public IReadOnlyList<Instance> RunInstances(InstanceSpec spec, int count) => state.Change(() =>
    {
        var reservation = ids.Resource("r");
        return Enumerable.Range(0, count).Select(_ => Launch(spec, reservation)).ToList();
    });

    /// <exception cref="AwsErrorException">InvalidInstanceID.NotFound.</exception>
    public Instance Find(string id) => state.Change(() => Seek(id) ?? throw NotFound([id]));

    public void Terminate(string id) => state.Change(() =>
    {
        var instance = Seek(id) ?? throw NotFound([id]);
        if (instance.State is "shutting-down" or "terminated") return;
        instance.StateTransitionReason = $"User initiated ({Stamp(agenda.Now)})";
        Enter(instance, "shutting-down");
        agenda.After(options.ShutdownTime, () => state.Change(() => Bury(instance)));
        if (options.AddressesKept < options.ShutdownTime)
            agenda.After(options.AddressesKept, () => state.Change(() => TakeInterfaces(instance)));
    });

    public void Stop(string id) => state.Change(() =>
    {
        var instance = Seek(id) ?? throw NotFound([id]);
        if (instance.State is "stopping" or "stopped") return;
        if (!instance.IsAlive) throw WrongState(instance, "stopped");
        Enter(instance, "stopping");
        After(options.StopTime, () =>
        {
            if (instance.State == "stopping") Enter(instance, "stopped");
        });
    });

    public void Start(string id) => state.Change(() =>
    {
        var instance = Seek(id) ?? throw NotFound([id]);
        if (instance.IsAlive) return;
        if (instance.State != "stopped") throw WrongState(instance, "started");
        Boot(instance);
    });

    /// <summary>Creates an interface and attaches it to a running instance.</summary>
    public NetworkInterface AttachNetworkInterface(string instanceId, InterfaceSpec? spec = null) => state.Change(() =>
    {
        var instance = Find(instanceId);
        return Attach(instance, spec ?? new InterfaceSpec { DeleteOnTermination = false });
    });

    /// <summary>Leaves the interface standing alone, with its addresses.</summary>
    public void DetachNetworkInterface(string networkInterfaceId) => state.Change(() =>
    {
        var card = Interface(networkInterfaceId);
        card.Instance?.Attached.Remove(card);
        card.Instance = null;
    });

    /// <summary>Gives an interface more addresses or prefixes: the lists and counts of the spec.</summary>
    public void AssignPrivateIpAddresses(string networkInterfaceId, InterfaceSpec more) =>
        state.Change(() => Network.Assign(Interface(networkInterfaceId), more));

    /// <summary>Takes one address from an interface, as the VPC CNI does when a pod has gone.</summary>
    public void UnassignPrivateIpAddress(string networkInterfaceId, string address) =>
        state.Change(() => Network.Unassign(Interface(networkInterfaceId), IPAddress.Parse(address)));

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

    private Instance Launch(InstanceSpec spec, string reservation)
    {
        var cards = spec.Interfaces.Count > 0 ? spec.Interfaces : [new InterfaceSpec()];
        var subnet = (cards[0].SubnetId ?? spec.SubnetId) is { } id ? Network.Subnet(id) : Network.DefaultSubnet;
        var instance = new Instance
        {
            Id = ids.Resource("i"),
            ReservationId = reservation,
            Subnet = subnet,
            ImageId = spec.ImageId,
            InstanceType = spec.InstanceType,
            SpotBehavior = spec.SpotBehavior,
            LaunchTime = agenda.Now,
            TagMap = new Dictionary<string, string>(spec.Tags),
        };
        foreach (var card in cards) Attach(instance, card);
        instances.Add(instance.Id, instance);
        Boot(instance);
        return instance;
    }

    private void Boot(Instance instance)
    {
        Enter(instance, "pending");
        After(options.PendingTime, () =>
        {
            if (instance.State == "pending") Enter(instance, "running");
        });
    }

    private NetworkInterface Attach(Instance instance, InterfaceSpec spec)
    {
        var card = Network.CreateInterface(spec, spec.SubnetId is { } id ? Network.Subnet(id) : instance.Subnet);
        card.Instance = instance;
        card.DeviceIndex = instance.Attached.Count;
        instance.Attached.Add(card);
        interfaces.Add(card.Id, card);
        return card;
    }

    private void Bury(Instance instance)
    {
        TakeInterfaces(instance);
        instance.TerminatedAt = agenda.Now;
        Enter(instance, "terminated");
        agenda.After(TerminatedVisible, () => state.Change(() => instances.Remove(instance.Id)));
    }

    private void TakeInterfaces(Instance instance)
    {
        foreach (var card in instance.Attached)
        {
            card.Instance = null;
            if (!card.DeleteOnTermination) continue;
            Network.Delete(card);
            interfaces.Remove(card.Id);
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
        else agenda.After(delay, () => state.Change(action));
    }

    private void Publish(string detailType, string resource, JsonObject detail) =>
        state.Later(() => events.Publish("aws.ec2", detailType, detail, resource));

    private bool IsVisible(Instance instance) =>
        instance.TerminatedAt is not { } terminated || terminated + TerminatedVisible > agenda.Now;

    private static IPNetwork ParseCidr(string cidr) => IPNetwork.TryParse(cidr, out var network)
        ? network
        : throw new AwsErrorException("InvalidParameterValue", $"Value ({cidr}) for parameter cidrBlock is invalid.");

    private static AwsErrorException WrongState(Instance instance, string verb) => new(
        "IncorrectInstanceState", $"The instance '{instance.Id}' is not in a state from which it can be {verb}.");

    private static string Stamp(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
}
