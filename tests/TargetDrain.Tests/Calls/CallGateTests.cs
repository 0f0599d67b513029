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
            var gate = new CallGate(new CallRate(PerSecond: 4, Burst: 20), concurrency: 100, clock);

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
            var gate = new CallGate(new CallRate(1, 1), concurrency: 1, clock);
            var order = new List<string>();
            await CallAsync(gate);
            await Task.WhenAll(
                Go(Urgency.Patient, "rebalance"), Go(Urgency.Normal, "hook"), Go(Urgency.Critical, "spot"), Go(Urgency.Critical, "spot 2"));

            Assert.Equal(["spot", "spot 2", "hook", "rebalance"], order);

            async Task Go(Urgency urgency, string name)
            {
                await gate.EnterAsync(urgency, CancellationToken.None);
                order.Add(name);
                gate.Leave(throttled: false);
            }
        });
    }

    [Fact]
    public void Never_has_more_in_flight_than_allowed()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(1000, 1000), concurrency: 3, clock);
            var (now, most) = (0, 0);
            await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
            {
                await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
                most = Math.Max(most, ++now);
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
                now--;
                gate.Leave(throttled: false);
            }));

            Assert.Equal(3, most);
        });
    }

    [Fact]
    public void Slows_down_when_throttled_and_recovers()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(10, 10), concurrency: 10, clock);
            await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
            gate.Leave(throttled: true);

            var slow = await TimeOf(10);
            await Task.Delay(TimeSpan.FromMinutes(1), clock);
            var recovered = await TimeOf(10);

            Assert.InRange(slow.TotalSeconds, 1.1, 1.5);
            Assert.Equal(TimeSpan.Zero, recovered);

            async Task<TimeSpan> TimeOf(int calls)
            {
                var start = clock.GetUtcNow();
                for (var i = 0; i < calls; i++) await CallAsync(gate);
                return clock.GetUtcNow() - start;
            }
        });
    }

    [Fact]
    public void Whoever_gives_up_waiting_takes_no_token()
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var gate = new CallGate(new CallRate(1, 1), concurrency: 1, clock);
            await CallAsync(gate);
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), clock);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync(Urgency.Critical, impatient.Token));
            var start = clock.GetUtcNow();
            await CallAsync(gate);

            Assert.InRange((clock.GetUtcNow() - start).TotalSeconds, 0.8, 1.0);
        });
    }

    private static async Task CallAsync(CallGate gate)
    {
        await gate.EnterAsync(Urgency.Normal, CancellationToken.None);
        gate.Leave(throttled: false);
    }
}
