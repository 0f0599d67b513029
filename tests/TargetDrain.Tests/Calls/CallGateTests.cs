using TargetDrain.Calls;
using TargetDrain.Emulator.Clock;
using Xunit;

namespace TargetDrain.Tests.Calls;

public sealed class CallGateTests
{
    [Fact]
    public void Grants_the_burst_at_once_and_then_the_rate()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var start = clock.GetUtcNow();
            var gate = new CallGate(new CallRate(PerSecond: 4, Burst: 20), concurrencyLimit: 100, clock);

            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync(gate)));
            Assert.Equal(TimeSpan.Zero, clock.GetUtcNow() - start);

            await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => CallAsync(gate)));
            Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 10, 10.2);
        });
    }

    [Fact]
    public void Lets_the_most_urgent_go_first()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(1, 1), concurrencyLimit: 1, clock);
            var order = new List<string>();
            await CallAsync(gate);
            await Task.WhenAll(
                Go(Urgency.Patient, "rebalance"), Go(Urgency.Normal, "hook"), Go(Urgency.Critical, "spot"), Go(Urgency.Critical, "spot 2"));

            Assert.Equal(["spot", "spot 2", "hook", "rebalance"], order);

            async Task Go(Urgency urgency, string name)
            {
                await gate.EnterAsync(urgency, CancellationToken.None);
                order.Add(name);
                gate.Leave(wasThrottled: false);
            }
        });
    }

    [Fact]
    public void Never_has_more_in_flight_than_allowed()
    {
        var clock = new VirtualClock();
        clock.Run(async () => Assert.Equal(3, await MostInFlightAsync(new CallGate(new CallRate(1000, 1000), concurrencyLimit: 3, clock), clock)));
    }

    [Fact]
    public void Begins_with_half_of_the_places_and_falls_back_when_throttled()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(1000, 1000), concurrencyLimit: 32, clock);
            Assert.Equal(16, await MostInFlightAsync(gate, clock, calls: 16));
            Assert.Equal(32, await MostInFlightAsync(gate, clock, calls: 64));

            await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
            gate.Leave(wasThrottled: true);
            await Task.Delay(TimeSpan.FromSeconds(1), clock);

            Assert.Equal(16, await MostInFlightAsync(gate, clock, calls: 16));
        });
    }

    [Fact]
    public void Among_the_equally_urgent_the_lowest_rank_goes_first()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(1, 1), concurrencyLimit: 1, clock);
            var order = new List<int>();
            await CallAsync(gate);
            await Task.WhenAll(Go(3), Go(1), Go(2), Go(1));

            Assert.Equal([1, 1, 2, 3], order);

            async Task Go(int rank)
            {
                await gate.EnterAsync(Urgency.Normal, CancellationToken.None, rank);
                order.Add(rank);
                gate.Leave(wasThrottled: false);
            }
        });
    }

    [Fact]
    public void Slows_down_when_throttled_and_recovers()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(10, 10), concurrencyLimit: 10, clock);
            await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            gate.Leave(wasThrottled: true);

            var slow = await TimeOf(10);
            await Task.Delay(TimeSpan.FromMinutes(1), clock);
            var recovered = await TimeOf(10);

            Assert.InRange(slow.TotalSeconds, 1.5, 2.2);
            Assert.Equal(TimeSpan.Zero, recovered);

            async Task<TimeSpan> TimeOf(int calls)
            {
                var start = clock.GetUtcNow();
                for (var i = 0; i < calls; i++) await CallAsync(gate);
                return clock.GetUtcNow() - start;
            }
        });
    }

    // One of twenty calls was refused: a twentieth less, or what it was told to give way by at least.
    [Theory]
    [InlineData(0, 1.0, 1.2)]
    [InlineData(0.5, 1.8, 2.1)]
    public void Gives_way_by_what_was_refused_or_by_its_smallest_cut(double smallestCut, double least, double most)
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(20, 20), concurrencyLimit: 40, clock, smallestCut);
            for (var i = 0; i < 19; i++) await CallAsync(gate);
            await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            gate.Leave(wasThrottled: true);

            var start = clock.GetUtcNow();
            for (var i = 0; i < 20; i++) await CallAsync(gate);

            Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, least, most);
        });
    }

    [Fact]
    public void Whoever_gives_up_waiting_takes_no_token()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(1, 1), concurrencyLimit: 1, clock);
            await CallAsync(gate);
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), clock);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync(Urgency.Critical, impatient.Token));
            var start = clock.GetUtcNow();
            await CallAsync(gate);

            Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 0.8, 1.0);
        });
    }

    private static async Task<int> MostInFlightAsync(CallGate gate, VirtualClock clock, int calls = 50)
    {
        var (now, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, calls).Select(async _ =>
        {
            await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
            most = Math.Max(most, ++now);
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
            now--;
            gate.Leave(wasThrottled: false);
        }));
        return most;
    }

    private static async Task CallAsync(CallGate gate)
    {
        await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
        gate.Leave(wasThrottled: false);
    }
}
