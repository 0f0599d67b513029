using TargetDrain.Emulator.Clock;
using Xunit;

namespace TargetDrain.Tests;

public sealed class InvocationTimeTests
{
    private readonly VirtualClock clock = new();

    // Searching, completing, handing back, in this order; and the answer gets out.
    [Theory]
    [InlineData(300, 0, 290, 296, 298)]
    [InlineData(300, 5000, 285, 296, 298)]
    [InlineData(10, 0, 5, 8, 9)]
    [InlineData(10, 10_000, 5, 8, 9)]
    [InlineData(0, 0, 0, 0, 0)]
    public void Each_step_leaves_time_for_those_after_it(double remaining, int messages, double work, double completing, double wrapUp) => clock.Run(async () =>
    {
        var start = clock.GetUtcNow();
        using var time = new InvocationTime(TimeSpan.FromSeconds(remaining), messages, clock);
        Assert.Equal(work, time.WorkLeft.TotalSeconds);
        foreach (var (token, seconds) in new[] { (time.Work, work), (time.Completing, completing), (time.WrapUp, wrapUp) })
        {
            var ended = new TaskCompletionSource();
            using var registration = token.Register(ended.SetResult);
            await ended.Task;
            Assert.Equal(seconds, (clock.GetUtcNow() - start).TotalSeconds, 0.01);
        }
    });
}
