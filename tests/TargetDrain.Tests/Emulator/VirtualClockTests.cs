using TargetDrain.Emulator.Clock;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class VirtualClockTests
{
    [Fact]
    public void Work_that_leaves_the_clocks_thread_ends_the_run_and_is_named()
    {
        var clock = new VirtualClock();
        var error = Assert.Throws<InvalidOperationException>(() => clock.Run(async () =>
        {
            _ = LeaveAsync(clock);
            await Task.Delay(TimeSpan.FromHours(1), clock);
        }));
        Assert.Contains("left the virtual clock's thread", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(LeaveAsync), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_awaiters_of_one_task_leave_it()
    {
        var clock = new VirtualClock();
        Assert.Throws<InvalidOperationException>(() => clock.Run(async () =>
        {
            var shared = new TaskCompletionSource();
            for (var waiter = 0; waiter < 2; waiter++) _ = WaitAsync(shared.Task, clock);
            shared.SetResult();
            await Task.Delay(TimeSpan.FromHours(1), clock);
        }));
    }

    [Fact]
    public void Work_that_stays_passes_hours_in_no_time()
    {
        var clock = new VirtualClock();
        var start = clock.GetUtcNow();
        clock.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(1, 100).Select(hours => Task.Delay(TimeSpan.FromHours(hours), clock)));
            clock.AssertOnLoop();
        });
        Assert.Equal(TimeSpan.FromHours(100), clock.GetUtcNow() - start);
    }

    private static async Task LeaveAsync(VirtualClock clock)
    {
        await Task.Yield();
        _ = clock.GetUtcNow();
    }

    private static async Task WaitAsync(Task shared, VirtualClock clock)
    {
        await shared;
        _ = clock.GetUtcNow();
    }
}
