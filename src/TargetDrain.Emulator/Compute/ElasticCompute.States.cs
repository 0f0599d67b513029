namespace TargetDrain.Emulator.Compute;

/// <summary>The states of an instance, from pending to an hour after its termination.</summary>
internal sealed partial class ElasticCompute
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
        context.At(context.Now + context.Options.PendingTime, () =>
        {
            if (instance.State == "pending") Enter(instance, "running");
        });
    }

    private void Shut(Instance instance)
    {
        if (instance.State is "shutting-down" or "terminated") return;
        MarkUserInitiated(instance);
        if (context.Options.CardsDetachInSight)
            foreach (var card in instance.Interfaces) card.AttachmentStatus = "detaching";
        Enter(instance, "shutting-down");
        context.After(context.Options.ShutdownTime, () => MarkTerminated(instance));
        if (context.Options.AddressesKept < context.Options.ShutdownTime) context.After(context.Options.AddressesKept, () => TakeInterfaces(instance));
    }

    private void Halt(Instance instance)
    {
        MarkUserInitiated(instance);
        Enter(instance, "stopping");
        context.At(context.Now + context.Options.StopTime, () =>
        {
            if (instance.State == "stopping") Enter(instance, "stopped");
        });
    }

    /// <summary>Somebody wanted it so; where it was Spot, that is said afterwards.</summary>
    private void MarkUserInitiated(Instance instance)
    {
        instance.StateTransitionReason = context.Now.ToString("'User initiated ('yyyy-MM-dd HH:mm:ss' GMT)'", CultureInfo.InvariantCulture);
        instance.StateReason = ("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
    }

    private void MarkTerminated(Instance instance)
    {
        TakeInterfaces(instance);
        instance.TerminatedAt = context.Now;
        Enter(instance, "terminated");
        context.After(TerminatedVisible, () => instances.Remove(instance.Id));
    }

    private void Enter(Instance instance, string to)
    {
        instance.State = to;
        state.Write(new InstanceStateChanged(instance.Id, to));
        StateChanged?.Invoke(instance);
        Publish(
            "EC2 Instance State-change Notification", context.Arn("ec2", $"instance/{instance.Id}"),
            new JsonObject { ["instance-id"] = instance.Id, ["state"] = to });
    }

    private void Publish(string detailType, string resource, JsonObject detail) =>
        state.Later(() => events.Publish("aws.ec2", detailType, detail, resource));

    private bool IsVisible(Instance instance) =>
        instance.TerminatedAt is not { } terminated || terminated + TerminatedVisible > context.Now;

    private static AwsErrorException WrongState(Instance instance, string verb) => new(
        "IncorrectInstanceState", $"The instance '{instance.Id}' is not in a state from which it can be {verb}.");
}
