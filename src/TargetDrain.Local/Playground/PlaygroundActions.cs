using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Local.Playground;

/// <summary>What a click on the page does to the world.</summary>
internal sealed class PlaygroundActions(World world, Breakages breakages)
{
    private const int MostFailures = 1000;

    private int launched;

    /// <returns>What is wrong with the request, or null when it is done.</returns>
    public string? Do(JsonElement request)
    {
        try
        {
            var instance = Text(request, "instance");
            switch (Text(request, "act"))
            {
                case "scale-in": world.AutoScaling.TerminateInstance(instance); break;
                case "terminate": world.Compute.Terminate(instance); break;
                case "interrupt": world.Compute.InterruptSpot(instance); break;
                case "add": Launch(isSpot: Text(request, "kind") == "spot"); break;
                case "fail": return Fail(Text(request, "operation"), Text(request, "kind"), request);
                case "heal": breakages.Heal(); break;
                case var other: return $"act is '{other}'; allowed: scale-in, terminate, interrupt, add, fail, heal.";
            }
            return null;
        }
        catch (AwsErrorException error)
        {
            return error.Message;
        }
        catch (InvalidOperationException error)
        {
            return error.Message;
        }
    }

    /// <summary>An instance that serves in every group it fits in, and in the first Auto Scaling group unless it is a Spot instance.</summary>
    private void Launch(bool isSpot)
    {
        var name = $"{(isSpot ? "spot" : "added")} {Interlocked.Increment(ref launched)}";
        var instance = world.Compute.RunInstance(new InstanceSpec
        {
            SpotBehavior = isSpot ? "terminate" : null,
            Tags = new Dictionary<string, string> { ["Name"] = name },
        });
        var scaling = isSpot || world.AutoScaling.Groups is not [var first, ..] ? null : first;
        foreach (var group in world.LoadBalancing.TargetGroups.Where(group => group.Spec.VpcId == instance.VpcId))
        {
            // Auto Scaling registers where it is attached.
            if (scaling is not null && scaling.TargetGroupArns.Contains(group.Arn)) continue;
            if (group.Spec.TargetType == "instance") world.LoadBalancing.Register(group.Arn, new TargetSpec(instance.Id));
            else if (group.Spec is { TargetType: "ip", IpAddressType: "ipv4" }) world.LoadBalancing.Register(group.Arn, new TargetSpec(instance.PrivateIpAddress!));
        }
        if (scaling is not null) world.AutoScaling.AttachInstances(scaling.Name, instance.Id);
    }

    private string? Fail(string operation, string kind, JsonElement request)
    {
        if (!request.TryGetProperty("times", out var given) || given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out var times) || times is < 1 or > MostFailures)
            return $"times must be a whole number from 1 to {MostFailures}.";
        if (!WorldJson.Operations.Contains(operation)) return $"operation is '{operation}'; allowed: {string.Join(", ", WorldJson.Operations)}.";
        Fault? fault = kind switch
        {
            "throttle" => Fault.Throttled,
            "error" => Fault.InternalError,
            "deny" => Fault.AccessDenied,
            "cut" => Fault.ConnectionReset,
            _ => null,
        };
        if (fault is null) return $"kind is '{kind}'; allowed: throttle, error, deny, cut.";
        breakages.Add(fault, kind, operation, times);
        return null;
    }

    private static string Text(JsonElement request, string name) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
