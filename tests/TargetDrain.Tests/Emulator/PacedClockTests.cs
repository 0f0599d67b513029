using TargetDrain.Emulator.Clock;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class PacedClockTests
{
    [Fact]
    public void It_goes_as_fast_as_real_time_and_fires_timers_at_their_moment() => In(async (real, clock) =>
    {
        var start = clock.GetUtcNow();
        DateTimeOffset? fired = null;
        using var timer = clock.CreateTimer(_ => fired = clock.GetUtcNow(), null, TimeSpan.FromMilliseconds(1234), Timeout.InfiniteTimeSpan);
        await Task.Delay(TimeSpan.FromSeconds(3), real);
        Assert.Equal(start.AddMilliseconds(1234), fired);
        Assert.InRange(clock.GetUtcNow() - start, TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(3));
    });

    [Fact]
    public void It_stands_still_while_anybody_holds_it() => In(async (real, clock) =>
    {
        var fired = false;
        using var timer = clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var first = clock.Hold();
        var second = clock.Hold();
        var start = clock.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(5), real);
        first.Dispose();
        first.Dispose();
        await Task.Delay(TimeSpan.FromSeconds(5), real);
        Assert.False(fired);
        Assert.Equal(start, clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(10), clock.HeldFor);
        second.Dispose();
        await Task.Delay(TimeSpan.FromSeconds(1.1), real);
        Assert.True(fired);
        Assert.Equal(TimeSpan.Zero, clock.HeldFor);
    });

    [Fact]
    public void A_hold_taken_by_a_timer_stops_it_at_that_very_moment() => In(async (real, clock) =>
    {
        var start = clock.GetUtcNow();
        var later = false;
        using var holds = clock.CreateTimer(_ => clock.Hold(), null, TimeSpan.FromMilliseconds(500), Timeout.InfiniteTimeSpan);
        using var next = clock.CreateTimer(_ => later = true, null, TimeSpan.FromMilliseconds(501), Timeout.InfiniteTimeSpan);
        await Task.Delay(TimeSpan.FromSeconds(3), real);
        Assert.False(later);
        Assert.Equal(start.AddMilliseconds(500), clock.GetUtcNow());
    });

    [Fact]
    public void A_machine_that_is_late_makes_the_world_slow_not_wrong()
    {
        // For its thread: there, what follows a timer follows at once.
        new VirtualClock().Run(() =>
        {
            var real = new LateClock();
            using var clock = new PacedClock(real);
            var start = clock.GetUtcNow();
            var order = new List<int>();
            using var two = clock.CreateTimer(_ => order.Add(2), null, TimeSpan.FromMilliseconds(150), Timeout.InfiniteTimeSpan);
            using var one = clock.CreateTimer(_ => order.Add(1), null, TimeSpan.FromMilliseconds(50), Timeout.InfiniteTimeSpan);
            real.WakeAfter(TimeSpan.FromSeconds(10));
            Assert.Equal([1], order);
            Assert.Equal(start.AddMilliseconds(100), clock.GetUtcNow());
            real.WakeAfter(TimeSpan.FromSeconds(10));
            Assert.Equal([1, 2], order);
            return Task.CompletedTask;
        });
    }

    private static void In(Func<VirtualClock, PacedClock, Task> act)
    {
        var real = new VirtualClock();
        real.Run(async () =>
        {
            using var clock = new PacedClock(real);
            await act(real, clock);
        });
    }

    /// <summary>A machine whose timers fire when it gets round to it.</summary>
    private sealed class LateClock : TimeProvider
    {
        private long now;
        private Action? wake;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            wake = () => callback(state);
            return new Nothing();
        }

        public void WakeAfter(TimeSpan span)
        {
            now += span.Ticks;
            wake!();
        }

        private sealed class Nothing : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
