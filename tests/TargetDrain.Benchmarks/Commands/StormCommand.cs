using System.CommandLine;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Benchmarks.Strategies;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>Everything dies at once.</summary>
internal static class StormCommand
{
    private static readonly Option<int> Instances = new("--instances") { DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> TargetGroups = new("--target-groups") { DefaultValueFactory = _ => 500 };
    private static readonly Option<int> Registrations = new("--registrations") { DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Share = Shared.Share();
    private static readonly Option<int> IpGroups = Shared.IpGroups();
    private static readonly Option<int> NaiveSample = new("--naive-sample")
    {
        Description = "How many instances the naive strategy is really run for; the others are its pace, multiplied.",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<int> Within = new("--within")
    {
        Description = "Seconds over which the instances die; 0 for all at once.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int> BatchSize = new("--batch-size")
    {
        Description = "Of the event source, 1 to 10,000; AWS ends a batch at 6 MB as well.",
        DefaultValueFactory = _ => 10_000,
    };

    private static readonly Option<string?> Page = new("--report")
    {
        Description = "Write the storm by hook in shared groups as one page of HTML to this path.",
    };

    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "Of the function, seconds.",
        DefaultValueFactory = _ => 300,
    };

    private static readonly Option<bool> HookOnly = new("--hook-only")
    {
        Description = "By hook and with the ideal poller alone: what sizes of ten thousand leave time for.",
    };

    private static readonly Option<Spread?> Only = new("--only") { Description = "Shared or Everywhere; both when not given." };

    public static Command Create()
    {
        var command = new Command("storm", "Many instances lose their lives at once.")
        {
            Instances, TargetGroups, Registrations, Share, IpGroups, NaiveSample, Within, BatchSize, Timeout, HookOnly, Only, Page,
        };
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var small = parsed.GetValue(Shared.Small);
        var basic = new StormSize(
            small ? 40 : parsed.GetValue(Instances), small ? 30 : parsed.GetValue(TargetGroups), parsed.GetValue(Registrations),
            Spread.Shared, Cause.Hook, parsed.GetValue(IpGroups));
        var report = new Report("storm");
        if (parsed.GetValue(Within) > 0) report.Note($"The instances die within {parsed.GetValue(Within)} s; the bound is that of all at once.");
        report.Note($"{basic.Instances:N0} instances in {basic.TargetGroups:N0} target groups, {basic.Registrations} registrations each, "
            + $"{basic.IpPercent} % of the groups by address; account limits and 20 ms latency emulated, virtual time, "
            + $"API_SHARE_PERCENT={parsed.GetValue(Share)}. Times in seconds since the events.");
        var options = TargetDrainRun.Options(parsed.GetValue(Share), parsed.GetValue(BatchSize), parsed.GetValue(Timeout));
        foreach (var spread in Shared.Spreads.Where(spread => (parsed.GetValue(Only) ?? spread) == spread))
        {
            if (parsed.GetValue(HookOnly))
            {
                AddHook(report, basic with { Spread = spread }, options, parsed.GetValue(Within));
                continue;
            }
            var page = spread == Spread.Shared ? parsed.GetValue(Page) : null;
            Add(report, basic with { Spread = spread }, options, small ? 3 : parsed.GetValue(NaiveSample), parsed.GetValue(Within), page);
        }
        report.Finish(parsed.GetValue(Shared.Json));
    }

    private static void AddHook(Report report, StormSize size, InstallationOptions options, int within)
    {
        var name = size.Spread.ToString().ToLowerInvariant();
        var (hook, bound) = TargetDrainRun.Play(size, options, withinSeconds: within);
        report.Note("");
        report.Note($"Registrations {name}. Lower bound: {bound.Explanation}");
        var table = new FigureTable(name, "what", "hook", "lower bound", "hook ÷ bound");
        table.Row("first DeregisterTargets, s", hook.First, bound.First, hook.First / bound.First);
        table.Row("last DeregisterTargets, s", hook.Last, bound.Last, hook.Last / bound.Last);
        table.Row("API calls per instance", hook.CallsPerInstance, (double)bound.Calls / size.Instances, (double)hook.Calls / bound.Calls);
        table.Row("throttled calls, %", 100 * hook.ThrottledShare, "", "");
        table.Row("last completion, s", hook.LastCompletion, "", "");
        table.Row("actions ended by us", hook.EndedByUs, "", "");
        table.Row("billed Lambda seconds per instance", hook.BilledPerInstance, "", "");
        table.Row("invocations (not ok)", $"{hook.Invocations} ({hook.LostRuns})", "", "");
        table.Row("dead letters", hook.DeadLetters, "", "");
        report.Add(table);
        report.Add(Calls(name, hook));
        report.Note(Looks(hook));
    }

    private static void Add(Report report, StormSize basic, InstallationOptions options, int naiveSample, int within, string? page)
    {
        var name = basic.Spread.ToString().ToLowerInvariant();
        var (hook, bound) = TargetDrainRun.Play(basic with { Cause = Cause.Hook }, options, withinSeconds: within, page: page);
        var (documented, _) = TargetDrainRun.Play(
            basic with { Cause = Cause.Hook },
            options with { EventSource = options.EventSource! with { Pollers = PollerScaling.Documented } }, withinSeconds: within);
        var (reconciled, _) = TargetDrainRun.Play(basic with { Cause = Cause.Hook }, options, withinSeconds: within, reconciles: true);
        var (spot, _) = TargetDrainRun.Play(basic with { Cause = Cause.Spot }, options, withinSeconds: within);
        var naive = NaiveRun.Play(basic, naiveSample);
        report.Note("");
        report.Note($"Registrations {name}. Lower bound: {bound.Explanation}");
        report.Note($"Naive: one event at a time, {naive.Sample} of {basic.Instances:N0} really run. "
            + "With window: what the event source waits for a batch to fill (1 s, the least AWS allows above ten messages) is added to the bound.");
        var window = new InstalledStack(options, new WorldOptions()).EventSource().Window.TotalSeconds;
        var table = new FigureTable(name, "what", "hook", "Spot", "lower bound", "naive", "hook ÷ bound", "with window", "naive ÷ hook");
        table.Row("first DeregisterTargets, s", hook.First, spot.First, bound.First, naive.First, hook.First / bound.First, "", naive.First / hook.First);
        table.Row("last DeregisterTargets, s", hook.Last, spot.Last, bound.Last, naive.Last,
            hook.Last / bound.Last, hook.Last / (bound.Last + window), naive.Last / hook.Last);
        var leastCalls = (double)bound.Calls / basic.Instances;
        table.Row("API calls per instance", hook.CallsPerInstance, spot.CallsPerInstance, leastCalls, naive.CallsPerInstance,
            hook.CallsPerInstance / leastCalls, "", naive.CallsPerInstance / hook.CallsPerInstance);
        table.Row("throttled calls, %", 100 * hook.ThrottledShare, 100 * spot.ThrottledShare, "", "", "", "", "");
        table.Row("last completion, s", hook.LastCompletion, spot.LastCompletion, "", "", "", "", "");
        table.Row("actions ended by us", hook.EndedByUs, spot.EndedByUs, "", "", "", "", "");
        table.Row("billed Lambda seconds per instance", hook.BilledPerInstance, spot.BilledPerInstance, "", "", "", "", "");
        table.Row("invocations (not ok)", $"{hook.Invocations} ({hook.LostRuns})", $"{spot.Invocations} ({spot.LostRuns})", "", "", "", "", "");
        report.Add(table);
        report.Add(Pollers(name, hook, documented));
        report.Add(WithReconciler(name, hook, reconciled));
        foreach (var error in hook.Errors.Concat(documented.Errors).Concat(spot.Errors)) report.Note($"A run was lost at {error}");
        report.Add(Calls(name, hook, spot));
        report.Note(Looks(hook));
        report.Note($"Plot: {Plot(basic, hook, bound, naive)}");
    }

    /// <summary>The table above has one poller that takes all there is; Lambda's five share the events out among batches.</summary>
    private static FigureTable Pollers(string name, StormOutcome ideal, StormOutcome documented)
    {
        var table = new FigureTable($"{name}-pollers", "by hook", "ideal poller", "documented scaling", "documented ÷ ideal");
        table.Row("first DeregisterTargets, s", ideal.First, documented.First, documented.First / ideal.First);
        table.Row("last DeregisterTargets, s", ideal.Last, documented.Last, documented.Last / ideal.Last);
        table.Row("last completion, s", ideal.LastCompletion, documented.LastCompletion, documented.LastCompletion / ideal.LastCompletion);
        table.Row("API calls per instance", ideal.CallsPerInstance, documented.CallsPerInstance, documented.CallsPerInstance / ideal.CallsPerInstance);
        table.Row("actions ended by us", ideal.EndedByUs, documented.EndedByUs, "");
        table.Row("invocations (not ok)", $"{ideal.Invocations} ({ideal.LostRuns})", $"{documented.Invocations} ({documented.LostRuns})", "");
        return table;
    }

    /// <summary>A run of the reconciler is due three seconds after the events, and every five minutes from then on.</summary>
    private static FigureTable WithReconciler(string name, StormOutcome without, StormOutcome with)
    {
        var table = new FigureTable($"{name}-reconciler", "by hook", "without reconciler", "with", "with ÷ without");
        table.Row("last DeregisterTargets, s", without.Last, with.Last, with.Last / without.Last);
        table.Row("last completion, s", without.LastCompletion, with.LastCompletion, with.LastCompletion / without.LastCompletion);
        table.Row("API calls per instance", without.CallsPerInstance, with.CallsPerInstance, with.CallsPerInstance / without.CallsPerInstance);
        table.Row("actions ended by us", without.EndedByUs, with.EndedByUs, "");
        return table;
    }

    /// <summary>By hook also what each call was for: what the run that made it was given.</summary>
    private static FigureTable Calls(string name, StormOutcome hook, StormOutcome? spot = null)
    {
        Occasion[] occasions = [Occasion.Hook, Occasion.Ticket, Occasion.After];
        var table = new FigureTable($"{name}-calls", ["calls by operation", "hook", .. occasions.Select(NameOf), .. spot is null ? (string[])[] : ["Spot"]]);
        foreach (var operation in hook.CallsByOperation.Concat(spot?.CallsByOperation ?? []).Select(call => call.Operation).Distinct())
            table.Row(operation, [Of(hook, operation), .. occasions.Select(occasion => (object)hook.CallsByOccasion.GetValueOrDefault((operation, occasion))),
                .. spot is null ? (object[])[] : [Of(spot, operation)]]);
        return table;
    }

    private static string Looks(StormOutcome hook) =>
        $"Runs by hook that described target groups: {string.Join(", ", hook.Looks.Select(look => $"{look.Value} for {NameOf(look.Key)}"))}.";

    public static string NameOf(Occasion occasion) => occasion switch
    {
        Occasion.Hook => "the hook's event",
        Occasion.Ticket => "tickets",
        Occasion.Spot => "Spot warnings",
        _ => "what follows",
    };

    private static int Of(StormOutcome outcome, string operation) =>
        outcome.CallsByOperation.Where(call => call.Operation == operation).Sum(call => call.Calls);

    private static string Plot(StormSize size, StormOutcome ours, LowerBound bound, NaiveOutcome naive)
    {
        var all = size.Instances * Math.Min(size.Registrations, size.TargetGroups);
        var perInstance = all / size.Instances;
        return SvgPlot.Falling($"storm-{size.Spread.ToString().ToLowerInvariant()}", $"Targets still registered: {size}",
        [
            Curve.Falling("lower bound", "#888888", all, bound.Removals),
            Curve.Falling("TargetDrain", "#1a7f37", all, ours.Removals),
            Curve.Falling("naive", "#cf222e", all, naive.Done.Select(seconds => (seconds, perInstance))),
        ]);
    }
}
