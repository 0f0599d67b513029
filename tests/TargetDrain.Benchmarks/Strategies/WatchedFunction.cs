using System.Text;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Benchmarks.Strategies;

/// <summary>
/// TargetDrain as template.yaml installs it, each of its environments with an access key of its own, so that the journal
/// tells which environment made a call, and what that was given to do.
/// </summary>
internal sealed class WatchedFunction
{
    /// <summary>What the access key ids of all environments begin with.</summary>
    public const string AccessKeys = "AKIAENVIRONMENT";

    private readonly List<WatchedRun> runs = [];

    public IReadOnlyList<WatchedRun> Runs => runs;

    public Installation Install(World world, InstallationOptions options, int seed = 1)
    {
        var random = new Random(seed);
        var policy = new InstalledStack(options, world.Options).Policy;
        var environments = 0;
        return new Installation(world, options, settings => new InProcessEnvironments(() =>
        {
            var key = $"{AccessKeys}{++environments:00000}";
            world.Permissions.Grant(key, policy);
            return Watched(FunctionInProcess.Start(world, settings, key, random.NextDouble), key, world.Clock);
        }).InvokeAsync);
    }

    /// <summary>The run in which an environment made a call.</summary>
    public WatchedRun? RunOf(string key, DateTimeOffset at) => runs.LastOrDefault(run => run.Key == key && run.Started <= at);

    private FunctionHandler Watched(FunctionHandler inner, string key, TimeProvider clock) => async (payload, invocation, abandoned) =>
    {
        var run = new WatchedRun(key, clock.GetUtcNow(), OccasionOf(payload.Span));
        runs.Add(run);
        var answer = await inner(payload, invocation, abandoned);
        run.Ended = clock.GetUtcNow();
        return answer;
    };

    private static Occasion OccasionOf(ReadOnlySpan<byte> payload)
    {
        var text = Encoding.UTF8.GetString(payload);
        if (text.Contains("drainTicket", StringComparison.Ordinal)) return Occasion.Ticket;
        if (text.Contains("Lifecycle Action", StringComparison.Ordinal)) return Occasion.Hook;
        return text.Contains("Interruption Warning", StringComparison.Ordinal) ? Occasion.Spot : Occasion.After;
    }
}

/// <summary>What a batch is there for; of several the first.</summary>
internal enum Occasion
{
    Ticket,
    Hook,
    Spot,

    /// <summary>What is announced of instances that were let go, and broadcasts.</summary>
    After,
}

/// <summary>One invocation.</summary>
/// <param name="Key">Of its environment.</param>
internal sealed record WatchedRun(string Key, DateTimeOffset Started, Occasion Occasion)
{
    public DateTimeOffset? Ended { get; set; }
}
