using TargetDrain.Calls;
using TargetDrain.Emulator.Clock;
using Xunit;

namespace TargetDrain.Tests.Calls;

/// <summary>By how much the gate gives way, to whom it does not, and how it comes back.</summary>
public sealed class CallGateLimitTests
{
    private readonly VirtualClock clock = new();

    [Theory]
    [InlineData(10, 0)]
    [InlineData(20, 0)]
    [InlineData(70, 5)]
    public void So_many_calls_take_what_the_rate_grants_after_the_burst(int calls, double seconds) =>
        Assert.Equal(seconds, new CallRate(10, 20).TimeFor(calls).TotalSeconds);

    [Theory]
    [InlineData(0.5, 2, 10)]
    [InlineData(0.33, 1.32, 6)]
    [InlineData(0.01, 0.04, 1)]
    public void A_share_has_whole_calls_at_once_and_one_at_least(double share, double perSecond, double burst) =>
        Assert.Equal((perSecond, burst), (Math.Round(new CallRate(4, 20).Share(share).PerSecond, 6), new CallRate(4, 20).Share(share).Burst));

    [Fact]
    public void Whoever_comes_too_late_takes_no_token() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(1, 1), 10, clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync(Urgency.Critical, new CancellationToken(canceled: true)));

        Assert.Equal(0, await TimeOfAsync(gate, 1));
    });

    // Two of ten, told within one second.
    [Fact]
    public void It_gives_way_by_as_much_as_was_refused() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 100, clock);
        for (var n = 0; n < 10; n++) await gate.EnterAsync(Urgency.Normal, default);
        await PassAsync(0.9);
        for (var n = 0; n < 9; n++) gate.Leave(wasThrottled: n >= 7);
        await PassAsync(0.1);
        gate.Leave(wasThrottled: false);

        // One token was won since, eight more come at eight a second, and it has begun to recover.
        Assert.InRange(await TimeOfAsync(gate, 9), 0.985, 1.005);
    });

    [Fact]
    public void Until_the_second_is_over_the_whole_rate_counts() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 100, clock);
        for (var n = 0; n < 5; n++) await gate.EnterAsync(Urgency.Normal, default);
        await PassAsync(0.1);
        for (var n = 0; n < 4; n++) gate.Leave(wasThrottled: n == 0);
        await PassAsync(0.9);
        gate.Leave(wasThrottled: false);

        // Nothing was left when it was throttled; nine since, and the tenth at eight a second.
        Assert.InRange(await TimeOfAsync(gate, 10), 0.11, 0.13);
    });

    [Fact]
    public void When_all_is_refused_it_keeps_half_and_after_many_such_seconds_a_seventh() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 100, clock);
        await ThrottleAsync(gate);
        Assert.InRange(await TimeOfAsync(gate, 10), 1.8, 2.0);

        for (var n = 0; n < 5; n++) await ThrottleAsync(gate);
        Assert.InRange(await TimeOfAsync(gate, 10), 5.0, 6.7);
    });

    [Fact]
    public void It_has_the_whole_rate_again_after_a_minute_and_no_more() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 100, clock);
        await ThrottleAsync(gate);
        await PassAsync(20);
        Assert.InRange(await TimeOfAsync(gate, 30), 2.5, 2.9);
        await PassAsync(60);
        Assert.InRange(await TimeOfAsync(gate, 30), 1.99, 2.01);
    });

    [Fact]
    public void For_what_is_critical_it_does_not_give_way() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 100, clock);
        for (var n = 0; n < 3; n++) await ThrottleAsync(gate);

        // Of the burst nothing is left but one; the account's bucket goes on filling.
        Assert.InRange(await TimeOfAsync(gate, 21, Urgency.Critical), 1.9, 2.02);
    });

    [Fact]
    public void What_is_critical_spends_what_the_others_have() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 100, clock);
        Assert.Equal(0, await TimeOfAsync(gate, 10, Urgency.Critical));
        Assert.InRange(await TimeOfAsync(gate, 1), 0.1, 0.102);
    });

    [Fact]
    public void A_refusal_leaves_no_burst_to_anybody() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 100, clock);
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: true);
        Assert.InRange(await TimeOfAsync(gate, 2, Urgency.Critical), 0.1, 0.102);

        gate = new CallGate(new CallRate(10, 10), 100, clock);
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: true);
        Assert.InRange(await TimeOfAsync(gate, 1), 0.1, 0.102);
    });

    [Fact]
    public void What_is_critical_has_all_places_from_the_start_and_the_rest_half_of_them() => clock.Run(async () =>
    {
        Assert.Equal(16, await AtOnceAsync(new CallGate(new CallRate(1000, 1000), 32, clock), Urgency.Patient));
        Assert.Equal(32, await AtOnceAsync(new CallGate(new CallRate(1000, 1000), 32, clock), Urgency.Critical));
        Assert.Equal(1, await AtOnceAsync(new CallGate(new CallRate(1000, 1000), 1, clock), Urgency.Normal));
    });

    [Fact]
    public void Each_call_that_went_well_wins_a_place_and_none_that_was_refused() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(1000, 1000), 32, clock);
        for (var n = 0; n < 3; n++) await CallAsync(gate);
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: true);
        await PassAsync(0.5);

        Assert.Equal(19, await AtOnceAsync(gate, Urgency.Normal));
    });

    [Fact]
    public void A_second_without_a_refusal_costs_no_place() => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(1000, 1000), 32, clock);
        for (var n = 0; n < 40; n++) await CallAsync(gate);
        await PassAsync(2);
        for (var n = 0; n < 2; n++) await CallAsync(gate);

        Assert.Equal(32, await AtOnceAsync(gate, Urgency.Normal));
    });

    [Theory]
    [InlineData(32, 4)]
    [InlineData(3, 3)]
    public void Places_fall_by_half_and_to_four_at_least(int limit, int least) => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(1000, 1000), limit, clock);
        for (var n = 0; n < 40; n++) await CallAsync(gate);
        for (var n = 0; n < 6; n++) await ThrottleAsync(gate);

        Assert.Equal(least, await AtOnceAsync(gate, Urgency.Normal));
    });

    /// <summary>A second in which the only call was refused.</summary>
    private async Task ThrottleAsync(CallGate gate)
    {
        await gate.EnterAsync(Urgency.Normal, default);
        await PassAsync(1);
        gate.Leave(wasThrottled: true);
    }

    private async Task<double> TimeOfAsync(CallGate gate, int calls, Urgency urgency = Urgency.Normal)
    {
        var start = clock.GetUtcNow();
        for (var n = 0; n < calls; n++)
        {
            await gate.EnterAsync(urgency, default);
            gate.Leave(wasThrottled: false);
        }
        return (clock.GetUtcNow() - start).TotalSeconds;
    }

    /// <summary>How many of a hundred get in while none leaves.</summary>
    private async Task<int> AtOnceAsync(CallGate gate, Urgency urgency)
    {
        var entered = 0;
        for (var n = 0; n < 100; n++) _ = CountAsync();
        await PassAsync(0.1);
        return entered;

        async Task CountAsync()
        {
            await gate.EnterAsync(urgency, default);
            entered++;
        }
    }

    private static async Task CallAsync(CallGate gate)
    {
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: false);
    }

    private Task PassAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), clock);
}
