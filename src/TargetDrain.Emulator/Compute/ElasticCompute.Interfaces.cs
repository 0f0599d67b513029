using System.Net;

namespace TargetDrain.Emulator.Compute;

/// <summary>Network interfaces: attached to an instance or standing alone, and the addresses they have.</summary>
internal sealed partial class ElasticCompute
{
    private readonly Dictionary<string, NetworkInterface> interfaces = [];

    /// <summary>Attached or standing alone.</summary>
    internal IEnumerable<NetworkInterface> Interfaces => interfaces.Values;

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

    internal NetworkInterface Interface(string id) => interfaces.GetValueOrDefault(id)
        ?? throw new AwsErrorException("InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist");

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
        instance.Interfaces.Add(card);
    }

    internal static void Detach(NetworkInterface card)
    {
        card.Instance?.Interfaces.Remove(card);
        card.Instance = null;
    }

    internal void Delete(NetworkInterface card)
    {
        Network.Delete(card);
        interfaces.Remove(card.Id);
    }

    private NetworkInterface Attach(Instance instance, CardDraft draft)
    {
        var card = CreateInterface(draft);
        AttachTo(instance, card, instance.Interfaces.Count);
        card.Tags.Put(draft.Spec.Tags);
        return card;
    }

    private void TakeInterfaces(Instance instance)
    {
        foreach (var card in instance.Interfaces)
        {
            (card.Instance, card.AttachmentStatus) = (null, "attached");
            if (card.DeleteOnTermination) Delete(card);
        }
        instance.Interfaces.Clear();
    }
}
