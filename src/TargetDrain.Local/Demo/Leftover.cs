using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Demo;

/// <summary>Registrations of dying instances that are still there at the end, and what the journal says about why.</summary>
internal static class Leftover
{
    /// <returns>Empty when all are gone.</returns>
    public static IReadOnlyCollection<string> Find(DemoWorld demo, HashSet<string> dying, IReadOnlyList<JournalEntry> journal)
    {
        var left = demo.Groups.Where(group => group != demo.Elsewhere)
            .SelectMany(group => demo.World.LoadBalancing.Targets(group.Arn)
                .Where(target => dying.Contains(target.Target.Id)).Select(target => (Group: group, target.Target)))
            .Select(item => $"left: {item.Group.Spec.Name} {item.Target.Id}:{item.Target.Port ?? item.Group.Spec.Port}; {Why(demo, item.Group, item.Target.Id, journal)}")
            .ToList();
        if (left.Count == 0 && !journal.OfType<TargetChanged>().Any(change => change.State == "gone")) left.Add("none has left yet");
        return left;
    }

    private static string Why(DemoWorld demo, TargetGroup group, string id, IReadOnlyList<JournalEntry> journal)
    {
        var begun = journal.OfType<TargetChanged>()
            .LastOrDefault(change => change.TargetGroupArn == group.Arn && TargetName.IdOf(change.Target) == id && change.State == "draining");
        if (begun is not null) return $"it drains since {Seconds(demo.World.Clock.GetUtcNow() - begun.At)}, of {Seconds(group.DeregistrationDelay)}";
        var refused = journal.OfType<ApiCalled>()
            .LastOrDefault(call => call is { Operation: "DeregisterTargets" or "DescribeTargetHealth", ErrorCode: not null } && call.Resource == group.Arn);
        if (refused is not null) return $"{refused.Operation} answered {refused.ErrorCode}";
        var owner = demo.InstanceOf(id);
        var leaving = journal.OfType<InstanceStateChanged>().FirstOrDefault(change => change.InstanceId == owner?.Id && change.State == "shutting-down");
        var looked = journal.OfType<ApiCalled>()
            .FirstOrDefault(call => call.Operation == "DescribeInstances" && call.Principal == Installation.FunctionAccessKeyId && !(call.At < leaving?.At));
        if (looked is null) return "the function did not look";
        var forgotten = leaving?.At + demo.World.Options.AddressesKept;
        return id != owner?.Id && looked.At > forgotten
            ? $"EC2 had forgotten the address {Seconds(looked.At - forgotten.Value)} before the function looked"
            : "the function looked, and did not take it out";
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");
}
