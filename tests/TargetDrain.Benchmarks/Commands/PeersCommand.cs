using System.CommandLine;
using System.Globalization;
using OxyPlot;
using TargetDrain.Benchmarks.Peers;
using TargetDrain.Benchmarks.Processes;
using TargetDrain.Benchmarks.Reports;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>Beside what people write, in the same run: real processes, real time.</summary>
internal static class PeersCommand
{
    private const int Registrations = 5;

    private static readonly Option<int> Drain = new("--drain") { Description = "The deregistration delay, seconds.", DefaultValueFactory = _ => 20 };

    private static readonly Option<FileInfo> Function = new("--function")
    {
        Description = "TargetDrain's executable or .dll; the native build of cold-start unless given.",
    };

    private static readonly Option<bool> Publish = new("--publish") { Description = "Publish the native build anew, even if there is one." };

    public static Command Create()
    {
        var command = new Command("peers", "TargetDrain beside a boto3 function and the naive way in C#.") { Drain, Function, Publish };
        Function.AcceptExistingOnly();
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed)
    {
        var small = parsed.GetValue(Shared.Small);
        var report = new Report("peers");
        var peers = await PeersAsync(parsed, small, report);
        var cases = Cases(small ? 5 : parsed.GetValue(Drain), small).ToList();
        report.Note($"Real processes, started before the events, on {Environment.ProcessorCount} cores: the ratios count. Account limits and "
            + $"{StormWorld.CallLatency.TotalMilliseconds:0} ms latency emulated, {Registrations} registrations of each instance, deregistration delay {cases[0].DrainSeconds} s. "
            + "Seconds since the events. TargetDrain behind its queue, with five pollers and a batch window of 1 s; the others are invoked by a rule, one event each.");
        var results = new List<(PeerCase Case, Peer Peer, PeerOutcome Outcome)>();
        foreach (var peerCase in cases)
            foreach (var peer in peers)
            {
                await Console.Error.WriteLineAsync($"{peerCase.Name}: {peer.Name} …");
                results.Add((peerCase, peer, await peer.RunAsync(peerCase)));
            }
        report.Add(Figures(results));
        report.Add(Ratios(results, peers[0]));
        report.Note($"Plots: {Growth(peers, results)}, {Falling(results)}");
        report.Finish(parsed.GetValue(Shared.Json));
    }

    private static async Task<IReadOnlyList<Peer>> PeersAsync(ParseResult parsed, bool small, Report report)
    {
        var function = parsed.GetValue(Function)?.FullName;
        if (function is null && !small)
        {
            var (name, arguments) = Builds.All.Single(build => build.Name == "aot");
            (function, var problem) = await Builds.FindAsync(name, arguments, parsed.GetValue(Publish));
            if (function is null) report.Note($"No native build, so that TargetDrain runs on the JIT: {problem}");
        }
        var peers = new List<Peer> { new("TargetDrain", "#1a7f37", peerCase => InstalledPeer.RunAsync(function ?? RunningAws.OwnFunction, peerCase)) };
        if (await Python.FindAsync("boto3_hook_function.py") is { } python) peers.Add(new Peer("boto3", "#0969da", peerCase => FunctionPeer.RunAsync(python, peerCase)));
        else report.Note("No python3 with boto3 on this machine: boto3 is left out.");
        peers.Add(new Peer("naive C#", "#cf222e", peerCase => FunctionPeer.RunAsync(NaiveFunctionCommand.AsProcess, peerCase)));
        return peers;
    }

    private static IEnumerable<PeerCase> Cases(int drain, bool small)
    {
        foreach (var groups in small ? [10] : (int[])[10, 50, 200, 500]) yield return Of(1, groups, Spread.Shared, $"1 in {Registrations} of {groups}");
        var (many, among) = small ? (3, 10) : (50, 50);
        yield return Of(many, among, Spread.Shared, $"{many} in the same {Registrations} of {among}");
        if (!small) yield return Of(many, among, Spread.Everywhere, $"{many} all over {among}");

        PeerCase Of(int instances, int groups, Spread spread, string name) =>
            new(name, new StormSize(instances, groups, Registrations, spread, Cause.Hook), drain);
    }

    private static FigureTable Figures(IEnumerable<(PeerCase Case, Peer Peer, PeerOutcome Outcome)> results)
    {
        var table = new FigureTable(
            "peers", "instances, target groups", "peer", "invoked", "first DeregisterTargets", "last DeregisterTargets", "last completion", "completed", "calls", "throttled",
            "billed ms", "runs (not ok)", "peak MB", "processes");
        foreach (var (peerCase, peer, outcome) in results)
        {
            var storm = outcome.Storm;
            table.Row(
                peerCase.Name, peer.Name, outcome.Invoked, storm.First, storm.Last, storm.LastCompletion, storm.EndedByUs, storm.Calls, storm.Throttled,
                outcome.BilledMilliseconds, $"{storm.Invocations} ({storm.LostRuns})", outcome.PeakMegabytes, outcome.Processes);
        }
        return table;
    }

    private static FigureTable Ratios(IReadOnlyList<(PeerCase Case, Peer Peer, PeerOutcome Outcome)> results, Peer ours)
    {
        var table = new FigureTable(
            "ratios", "peer ÷ TargetDrain", "peer", "first DeregisterTargets", "last DeregisterTargets", "last completion", "calls", "billed ms", "peak MB");
        foreach (var (peerCase, peer, outcome) in results.Where(result => result.Peer != ours))
        {
            var own = results.Single(result => result.Case == peerCase && result.Peer == ours).Outcome;
            table.Row(
                peerCase.Name, peer.Name, outcome.Storm.First / own.Storm.First, outcome.Storm.Last / own.Storm.Last, outcome.Storm.LastCompletion / own.Storm.LastCompletion,
                (double)outcome.Storm.Calls / own.Storm.Calls, outcome.BilledMilliseconds / own.BilledMilliseconds, outcome.PeakMegabytes / own.PeakMegabytes);
        }
        return table;
    }

    private static string Growth(IReadOnlyList<Peer> peers, IReadOnlyList<(PeerCase Case, Peer Peer, PeerOutcome Outcome)> results) => SvgPlot.Growing(
        "peers-one", $"One instance in {Registrations} target groups: out of all of them after", "target groups in the account", "seconds",
        [
            .. peers.Select(peer => (peer.Name, peer.Colour, (IReadOnlyList<DataPoint>)
            [
                .. results.Where(result => result.Peer == peer && result.Case.Size.Instances == 1)
                    .Select(result => new DataPoint(result.Case.Size.TargetGroups, result.Outcome.Storm.Last)),
            ])),
        ]);

    private static string Falling(IReadOnlyList<(PeerCase Case, Peer Peer, PeerOutcome Outcome)> results)
    {
        var last = results[^1].Case;
        var all = last.Size.Instances * last.Size.Registrations;
        return SvgPlot.Falling(
            "peers-many", string.Create(CultureInfo.InvariantCulture, $"Targets still registered: {last.Size}"),
            [.. results.Where(result => result.Case == last).Select(result => Curve.Falling(result.Peer.Name, result.Peer.Colour, all, result.Outcome.Storm.Removals))]);
    }
}
