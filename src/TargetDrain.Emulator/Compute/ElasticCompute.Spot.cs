namespace TargetDrain.Emulator.Compute;

internal sealed partial class ElasticCompute
{
    private static readonly TimeSpan SpotNotice = TimeSpan.FromMinutes(2);

    /// <summary>EC2 has told that it wants a Spot instance back.</summary>
    internal event Action<Instance, string>? SpotInterrupted;

    /// <summary>
    /// EC2 wants the capacity back: a warning, and two minutes later the deed. Hibernation begins at once, with the warning.
    /// </summary>
    /// <param name="action">terminate, stop or hibernate; the instance's own behaviour when null.</param>
    public void InterruptSpot(string instanceId, string? action = null) => state.Perform(() =>
    {
        var instance = Seek(instanceId) ?? throw NotFound([instanceId]);
        var deed = action ?? instance.SpotBehavior
            ?? throw new InvalidOperationException($"{instanceId} is not a Spot instance: launch it with SpotBehavior.");
        return () => Interrupt(instance, deed);
    });

    private void Interrupt(Instance instance, string deed)
    {
        // As captured in the field: the zone in the region's place, and no account.
        var arn = $"arn:aws:ec2:{instance.AvailabilityZone}:instance/{instance.Id}";
        Publish("EC2 Spot Instance Interruption Warning", arn, new JsonObject { ["instance-id"] = instance.Id, ["instance-action"] = deed });
        SpotInterrupted?.Invoke(instance, deed);
        context.At(context.Now + (deed == "hibernate" ? TimeSpan.Zero : SpotNotice), () =>
        {
            if (!instance.IsAlive) return;
            if (deed == "terminate") Shut(instance);
            else Halt(instance);
            instance.StateReason = ("Server.SpotInstanceTermination", "Server.SpotInstanceTermination: Spot instance termination");
        });
    }
}
