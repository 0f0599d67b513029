using Amazon.Runtime;
using TargetDrain.Benchmarks.Storms;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Wire;

namespace TargetDrain.Benchmarks.Strategies;

/// <summary>
/// The naive strategy in the same account. Its time and calls grow with the number of instances and nothing else, so a
/// few of them are run and the rest is multiplied.
/// </summary>
internal static class NaiveRun
{
    /// <summary>When it was done with one instance after another, in seconds, for all instances of the storm.</summary>
    /// <param name="sample">How many instances are really run.</param>
    public static NaiveOutcome Play(StormSize size, int sample)
    {
        var clock = new VirtualClock();
        NaiveOutcome? outcome = null;
        clock.Run(async () =>
        {
            var storm = new StormWorld(clock, size);
            var naive = new NaiveDrain(Clients(storm.World), clock);
            var start = clock.GetUtcNow();
            var run = Math.Min(sample, size.Instances);
            var done = new List<double>();
            foreach (var instance in storm.Instances.Take(run))
            {
                await naive.TakeOutAsync(instance.Id);
                done.Add((clock.GetUtcNow() - start).TotalSeconds);
            }
            var calls = storm.World.Journal.Of<Emulator.Journal.ApiCalled>().ToList();
            var firstOut = calls.First(call => call.Operation == "DeregisterTargets").Started - start;
            // The burst is used up by the first few; the pace of the second half is the one that lasts.
            var pace = run > 1 ? (done[^1] - done[run / 2]) / (run - 1 - (run / 2)) : done[0];
            while (done.Count < size.Instances) done.Add(done[^1] + pace);
            outcome = new NaiveOutcome(run, firstOut.TotalSeconds, done, (double)calls.Count / run);
        });
        return outcome!;
    }

    /// <summary>How long it runs, and is billed, for one instance that has to drain.</summary>
    public static double BilledSeconds(StormSize size, int drainSeconds)
    {
        var clock = new VirtualClock();
        var billed = 0.0;
        clock.Run(async () =>
        {
            var storm = new StormWorld(clock, size, drainSeconds);
            var instance = storm.Instances[0];
            storm.Strike(instance);
            var naive = new NaiveDrain(Clients(storm.World), clock);
            var start = clock.GetUtcNow();
            var groups = await naive.TakeOutAsync(instance.Id);
            await naive.WaitAsync(instance.Id, groups);
            try
            {
                await naive.CompleteAsync(instance.Id, "web-0", "target-drain");
            }
            catch (AmazonServiceException)
            {
                // Without a heartbeat a long drain outlasts the hook: the action is over, the seconds are billed all the same.
            }
            billed = (clock.GetUtcNow() - start).TotalSeconds;
        });
        return billed;
    }

    private static AwsClients Clients(World world) =>
        AwsClients.Create(new Transport(world), new BasicAWSCredentials("AKIANAIVE", "secret"), world.Options.Region);

    private sealed class Transport(World world) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new EmulatorHttpHandler(world));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}

/// <param name="Sample">How many instances were really run; the rest is their pace, multiplied.</param>
/// <param name="Done">Seconds until it was done with each instance, one after the other.</param>
internal sealed record NaiveOutcome(int Sample, double First, IReadOnlyList<double> Done, double CallsPerInstance)
{
    public double Last => Done[^1];
}
