using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Planning;

/// <summary>A plan for a person.</summary>
internal static class PlanPrinter
{
    private const int MostSkippedShown = 20;

    public static void Print(IAnsiConsole console, DrainPlan plan)
    {
        var registered = plan.Targets.Count(target => target.State == "registered");
        var where = plan.VpcId is null ? "" : $" in {plan.VpcId}, {string.Join(", ", plan.Addresses)}";
        console.MarkupLineInterpolated($"[bold]{plan.InstanceId}[/]{where}");
        console.WriteLine($"Scope: {plan.Scope}. Nothing has been changed.");
        console.WriteLine();
        if (plan.LeftAlone is { } why)
        {
            console.WriteLine($"It is left alone: {why}. It stays wherever it is registered.");
            if (plan.AutoScaling is { HasOurHook: true } membership)
                console.WriteLine($"Auto Scaling group {membership.Group} does not wait: its lifecycle action is completed at once.");
            Problems(console, plan);
            return;
        }
        if (plan.Targets.Count == 0)
        {
            console.WriteLine($"It is in none of the {plan.GroupsLookedInto} target groups that could hold it.");
        }
        else
        {
            console.WriteLine(registered == 0
                ? "Nothing is left to deregister; these are draining:"
                : $"Would be deregistered ({registered} of {plan.Targets.Count} registrations, {plan.GroupsLookedInto} groups looked into):");
            var columns = new Columns("group", "target", "state", "delay", "why");
            foreach (var target in plan.Targets)
                columns.Add(target.Group, target.Name, target.State, Span(target.DelaySeconds), target.Why);
            columns.Write(console);
        }
        PrintSkipped(console, plan.Skipped);
        console.WriteLine();
        if (plan.SlowestGroup is not null)
            console.WriteLine($"Expect {Span(plan.DrainSeconds)} of draining; the slowest group is {plan.SlowestGroup}.");
        PrintScaling(console, plan.AutoScaling);
        console.WriteLine($"API calls: {string.Join(", ", plan.Calls.Select(call => $"{call.Count} {call.Operation}"))}.");
        Problems(console, plan);
    }

    private static void Problems(IAnsiConsole console, DrainPlan plan)
    {
        foreach (var problem in plan.Problems) console.MarkupLineInterpolated($"[yellow]Not certain:[/] {problem}");
    }

    private static void PrintSkipped(IAnsiConsole console, IReadOnlyList<SkippedGroup> skipped)
    {
        if (skipped.Count == 0) return;
        console.WriteLine();
        console.WriteLine($"Skipped ({skipped.Count}):");
        var columns = new Columns("group", "why");
        foreach (var group in skipped.Take(MostSkippedShown)) columns.Add(group.Group, group.Why);
        columns.Write(console);
        if (skipped.Count > MostSkippedShown) console.WriteLine($"  and {skipped.Count - MostSkippedShown} more; --json lists them all");
    }

    private static void PrintScaling(IAnsiConsole console, ScalingMembership? membership) => console.WriteLine(membership switch
    {
        null => "In no Auto Scaling group: no lifecycle action waits for the drain.",
        { HasOurHook: true } => $"Auto Scaling group {membership.Group} ({membership.LifecycleState}) waits on the hook for as long as it drains.",
        { Hooks.Count: > 0 } => $"Auto Scaling group {membership.Group} has terminating hooks ({string.Join(", ", membership.Hooks)}), none of them ours: it will not wait for us.",
        _ => $"Auto Scaling group {membership.Group} has no terminating hook: it will not wait for the drain.",
    });

    private static string Span(double seconds) => seconds < 120 ? $"{seconds:0} s" : $"{TimeSpan.FromSeconds(seconds):m\\:ss} min";
}
