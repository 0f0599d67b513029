namespace TargetDrain.Emulator.Compute;

/// <summary>The states of an instance, from pending to an hour after its termination.</summary>
public sealed partial class ElasticCompute
{
    // "Recently terminated instances might appear in the returned results", for about an hour.
    private static readonly TimeSpan TerminatedVisible = TimeSpan.FromHours(1);

    /// <summary>Within the change that makes it so.</summary>
    internal event Action<Instance>? StateChanged;

    public void Terminate(string id) => state.Perform(() => PlanTerminate([id]));

    public void Stop(string id) => state.Perform(() => PlanStop([id]));

    public void Start(string id) => state.Perform(() => PlanStart([id]));

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

    private void Boot(Instance instance)
    {
        (instance.StateReason, instance.StateTransitionReason) = (null, "");
        Enter(instance, "pending");
        After(options.PendingTime, () =>
        {
            if (instance.State == "pending") Enter(instance, "running");
        });
    }

    private void Shut(Instance instance)
    {
        if (instance.State is "shutting-down" or "terminated") return;
        instance.StateTransitionReason = $"User initiated ({Stamp(scheduler.Now)})";
        instance.StateReason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
        if (options.CardsDetachInSight)
            foreach (var card in instance.Attached) card.AttachmentStatus = "detaching";
        Enter(instance, "shutting-down");
        scheduler.After(options.ShutdownTime, () => state.Change(() => MarkTerminated(instance)));
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

    private void MarkTerminated(Instance instance)
    {
        TakeInterfaces(instance);
        instance.TerminatedAt = scheduler.Now;
        Enter(instance, "terminated");
        scheduler.After(TerminatedVisible, () => state.Change(() => instances.Remove(instance.Id)));
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

    private static AwsErrorException WrongState(Instance instance, string verb) => new(
        "IncorrectInstanceState", $"The instance '{instance.Id}' is not in a state from which it can be {verb}.");

    private static string Stamp(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss 'GMT'", CultureInfo.InvariantCulture);
}
