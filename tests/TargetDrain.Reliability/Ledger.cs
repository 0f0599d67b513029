using System.Net;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Reliability;

/// <summary>
/// Reads the journal as it is written and holds it against what must never happen: a registration left behind, a
/// stranger's registration touched, an action ended early, twice or never, a message lost. Written without any of the
/// function's own code.
/// </summary>
internal sealed class Ledger
{
    private readonly World world;
    private readonly Installation installation;
    private readonly List<string> broken = [];
    private readonly Dictionary<(string Vpc, IPAddress Address), string> addressOwners = [];
    private readonly Dictionary<(string Vpc, IPNetwork Prefix), string> prefixOwners = [];
    private readonly Dictionary<string, string> vpcOfGroup = [];
    private readonly HashSet<string> leaving = [];
    private readonly HashSet<string> dying = [];
    private readonly Dictionary<(string GroupArn, string Target), Place> present = [];
    private readonly Dictionary<string, HashSet<(string GroupArn, string Target)>> placesOf = [];
    private readonly Dictionary<string, string?> actions = [];
    private readonly Dictionary<string, string> open = [];
    private readonly HashSet<string> poison = [];
    private readonly HashSet<string> outOfScope = [];
    private readonly HashSet<string> held = [];
    private bool crashesAreMeant;

    public Ledger(World world, Installation installation)
    {
        this.world = world;
        this.installation = installation;
        world.Journal.Written += Read;
    }

    /// <summary>Hooks shorter than the fault may time out: AWS ends the action then, and that is as it should be.</summary>
    public bool ActionsMayTimeOut { get; set; }

    /// <summary>
    /// EC2 shows the addresses of an instance for seconds after it began to shut down. Where nothing announced that, a
    /// longer fault leaves nobody who knows them.
    /// </summary>
    public bool AddressesMayStay { get; set; }

    /// <summary>The reconciler takes out what is left behind, so that nothing excuses it.</summary>
    public bool NothingMayStay { get; set; }

    /// <summary>
    /// Somebody registers instances that leave already. They are taken out, but the wait is for the groups in which the
    /// instance was found at first.
    /// </summary>
    public bool OthersRegister { get; set; }

    /// <summary>Somebody who knows the action's token ends it.</summary>
    public bool EndsAreForged { get; set; }

    public Figures Figures { get; } = new();

    /// <summary>Knows its addresses from now on. What was registered by them before, by whomever, is its own now.</summary>
    public void Launched(Instance instance)
    {
        foreach (var address in instance.Interfaces.SelectMany(card => card.Addresses.Concat(card.Ipv6Addresses)))
            if (addressOwners.TryGetValue((instance.VpcId, address), out var before) && before != instance.Id) HandOver(address, before, instance.Id);
        foreach (var card in instance.Interfaces)
        {
            foreach (var address in card.Addresses.Concat(card.Ipv6Addresses)) addressOwners[(instance.VpcId, address)] = instance.Id;
            foreach (var prefix in card.Ipv4Prefixes.Concat(card.Ipv6Prefixes)) prefixOwners[(instance.VpcId, prefix)] = instance.Id;
        }
    }

    public void Leaves(Instance instance) => leaving.Add(instance.Id);

    /// <summary>Comes back into service, as from a warm pool: from now on it must not be touched.</summary>
    public void Returns(Instance instance) => leaving.Remove(instance.Id);

    /// <summary>A text that nobody can understand, however often it is sent.</summary>
    public void Poison(string body) => poison.Add(body);

    /// <summary>A group the function is told to leave alone: it waits for nothing there.</summary>
    public void OutOfScope(string groupArn) => outOfScope.Add(groupArn);

    public void CrashesAreMeant() => crashesAreMeant = true;

    public void Deleted(string groupArn)
    {
        foreach (var place in present.Keys.Where(place => place.GroupArn == groupArn).ToList()) Remove(place);
    }

    /// <summary>Messages received at least twice and not done: what a fault has held up.</summary>
    public IReadOnlySet<string> Unfinished() => open.Keys.Where(held.Contains).ToHashSet();

    public bool StillUnfinished(IReadOnlySet<string> messages) => messages.Any(open.ContainsKey);

    /// <summary>The last look, when all has come to rest.</summary>
    public IReadOnlyList<string> Close()
    {
        world.Journal.Written -= Read;
        foreach (var ((_, target), place) in present)
            if (place.Owner is { } owner && leaving.Contains(owner))
            {
                if (AddressesMayStay && !NothingMayStay && !target.StartsWith("i-", StringComparison.Ordinal)) Figures.AddressLeft();
                else broken.Add($"left behind: {target} of {owner} is still {place.State} in {place.GroupName}");
            }
        foreach (var (token, ended) in actions)
            if (ended is null) broken.Add($"never ended: lifecycle action {token}");
        var queued = installation.Waiting;
        if (queued != open.Count) broken.Add($"lost: {open.Count} messages are not acknowledged, but the queue holds {queued}");
        if (queued > 0) broken.Add($"still queued at the end: {queued} messages, such as {open.Values.First()}");
        return [.. broken.Distinct()];
    }

    private void Read(JournalEntry entry)
    {
        switch (entry)
        {
            case TargetChanged change: Read(change); break;
            case InstanceStateChanged { State: "shutting-down" } dead: dying.Add(dead.InstanceId); break;
            case LifecycleActionStarted started when started.HookName == Stage.OurHook: actions.TryAdd(started.Token, null); break;
            case LifecycleActionEnded ended when ended.HookName == Stage.OurHook: Read(ended); break;
            case ApiCalled call when call.Principal == Installation.FunctionAccessKeyId: Figures.Called(call); break;
            case MessageSent sent when IsOurs(sent.Queue): open[sent.MessageId] = sent.Body; break;
            case MessageReceived { ReceiveCount: > 1 } again when IsOurs(again.Queue): held.Add(again.MessageId); break;
            case MessageDeleted deleted when IsOurs(deleted.Queue): open.Remove(deleted.MessageId); break;
            case MessageDeadLettered dead when IsOurs(dead.Queue): Read(dead); break;
            case InvocationStarted: Figures.Backlog(installation.Queue.Counts.Visible + installation.Queue.Counts.InFlight); break;
            case InvocationEnded run when run.Outcome != "ok" && !(run.Outcome == "crash" && crashesAreMeant):
                broken.Add($"an invocation ended as {run.Outcome} after {run.Billed.TotalSeconds:0.###} s");
                break;
        }
    }

    private bool IsOurs(string queue) => queue == installation.Queue.Name || queue == installation.UrgentQueue.Name;

    private void Read(TargetChanged change)
    {
        var place = (change.TargetGroupArn, change.Target);
        switch (change.State)
        {
            case "registered":
                Remove(place);
                var owner = OwnerOf(change);
                Add(place, new Place(owner, change.TargetGroupName, "registered", CameLate: owner is not null && leaving.Contains(owner)));
                break;
            case "draining":
                if (!present.TryGetValue(place, out var known)) break;
                present[place] = known with { State = "draining" };
                if (change.By != Installation.FunctionAccessKeyId) break;
                Figures.Deregistered();
                if (known.Owner is null || !leaving.Contains(known.Owner))
                    broken.Add($"touched: {change.Target} in {change.TargetGroupName} belongs to {known.Owner ?? "nobody known"}, which stays");
                break;
            case "gone":
                Remove(place);
                break;
        }
    }

    private void Read(LifecycleActionEnded ended)
    {
        if (actions.GetValueOrDefault(ended.Token) is { } before) broken.Add($"ended twice: {ended.InstanceId} by {before} and by {ended.By}");
        actions[ended.Token] = ended.By;
        if (ended.By != "caller")
        {
            Figures.TimedOut();
            // Auto Scaling closes what waits when the instance dies by another hand.
            if (!ActionsMayTimeOut && ended.By != "instance terminated") broken.Add($"{ended.InstanceId} ended by {ended.By}, not by us");
            return;
        }
        Figures.Completed();
        if (EndsAreForged) return;
        // Nothing was held up any more by an instance that had died by another hand.
        if (dying.Contains(ended.InstanceId)) return;
        if (!placesOf.TryGetValue(ended.InstanceId, out var places)) return;
        if (places.FirstOrDefault(place => !outOfScope.Contains(place.GroupArn) && !(OthersRegister && present[place].CameLate)) is not
            { GroupArn: not null } still) return;
        var left = present[still];
        Figures.Early();
        broken.Add($"too early: {ended.InstanceId} was let go while {left.State} in {left.GroupName}");
    }

    private void Read(MessageDeadLettered dead)
    {
        open.Remove(dead.MessageId);
        Figures.DeadLettered();
        if (!poison.Contains(dead.Body)) broken.Add($"dead-lettered, and no poison: {(dead.Body.Length > 160 ? dead.Body[..160] : dead.Body)}");
    }

    private void Remove((string GroupArn, string Target) place)
    {
        if (!present.Remove(place, out var was) || was.Owner is null) return;
        if (placesOf.TryGetValue(was.Owner, out var places)) places.Remove(place);
    }

    private void HandOver(IPAddress address, string before, string now)
    {
        foreach (var (key, place) in present.Where(item => item.Value.Owner == before && IPAddress.TryParse(IdOf(item.Key.Target), out var at) && at.Equals(address)).ToList())
        {
            Remove(key);
            Add(key, place with { Owner = now, CameLate = false });
        }
    }

    private void Add((string GroupArn, string Target) key, Place place)
    {
        present[key] = place;
        if (place.Owner is not { } owner) return;
        if (!placesOf.TryGetValue(owner, out var places)) placesOf[owner] = places = [];
        places.Add(key);
    }

    private static string IdOf(string target) => target[..(target.LastIndexOf(':') is > 0 and var colon ? colon : target.Length)];

    private string? OwnerOf(TargetChanged change)
    {
        var id = IdOf(change.Target);
        if (id.StartsWith("i-", StringComparison.Ordinal)) return id;
        if (!IPAddress.TryParse(id, out var address)) return null;
        if (!vpcOfGroup.TryGetValue(change.TargetGroupArn, out var vpc))
            vpcOfGroup[change.TargetGroupArn] = vpc = world.LoadBalancing.Find(change.TargetGroupArn).Spec.VpcId!;
        if (addressOwners.TryGetValue((vpc, address), out var owner)) return owner;
        foreach (var (prefix, of) in prefixOwners)
            if (prefix.Vpc == vpc && prefix.Prefix.Contains(address)) return of;
        return null;
    }

    /// <param name="CameLate">Registered when its instance was leaving already.</param>
    private sealed record Place(string? Owner, string GroupName, string State, bool CameLate);
}
