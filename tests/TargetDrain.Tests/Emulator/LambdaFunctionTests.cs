using System.Text;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class LambdaFunctionTests
{
    private readonly VirtualClock clock = new();
    private readonly WorldJournal journal;

    public LambdaFunctionTests() => journal = new WorldJournal(clock);

    [Fact]
    public void A_run_knows_its_deadline_by_the_clock() => clock.Run(async () =>
    {
        var function = Function(async (_, invocation, abandoned) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2500), clock, abandoned);
            return Encoding.UTF8.GetBytes($"{invocation.RemainingTime.TotalMilliseconds} {invocation.FunctionArn}");
        });
        var result = await function.InvokeAsync("{}"u8.ToArray());
        Assert.Equal("7500 arn:aws:lambda:eu-west-1:123456789012:function:f", Encoding.UTF8.GetString(result.Payload.Span));
        Assert.Equal(TimeSpan.FromMilliseconds(2500), journal.Of<InvocationEnded>().Single().Billed);
    });

    [Fact]
    public void Every_millisecond_that_was_begun_is_billed()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(1), LambdaFunction.Billed(TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMilliseconds(2501), LambdaFunction.Billed(TimeSpan.FromMilliseconds(2500.2)));
    }

    [Fact]
    public void A_run_over_time_is_abandoned_and_its_code_is_known_to_be_so() => clock.Run(async () =>
    {
        LambdaInvocation? current = null;
        var function = Function(async (_, invocation, _) =>
        {
            await Task.Delay(TimeSpan.FromHours(1), clock, CancellationToken.None);
            current = LambdaInvocation.Current;
            return default;
        });
        var result = await function.InvokeAsync("{}"u8.ToArray());
        Assert.Equal(InvocationResult.TimedOut, result.Outcome);
        Assert.Contains("timed out after 10.00 seconds", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromHours(1), clock);
        Assert.Equal((result.RequestId, true), (current!.RequestId, current.IsAbandoned));
        Assert.Null(LambdaInvocation.Current);
        Assert.Contains("timed out", Assert.Single(journal.Of<InvocationEnded>()).Error, StringComparison.Ordinal);
    });

    [Fact]
    public void Environments_serve_one_run_at_a_time_and_are_not_used_again_after_a_crash() => clock.Run(async () =>
    {
        var environments = new InProcessEnvironments(() =>
        {
            var served = 0;
            return async (_, _, _) =>
            {
                served++;
                await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None);
                return Encoding.UTF8.GetBytes($"{served}");
            };
        });
        var function = Function(environments.InvokeAsync);
        await Task.WhenAll(function.InvokeAsync(default), function.InvokeAsync(default));
        Assert.Equal(2, environments.Created);
        Assert.Equal("2", Encoding.UTF8.GetString((await function.InvokeAsync(default)).Payload.Span));
        var both = Task.WhenAll(function.InvokeAsync(default), function.InvokeAsync(default));
        Assert.Equal(2, function.Crash());
        await both;
        await Task.Delay(TimeSpan.FromSeconds(5), clock);
        Assert.Equal("1", Encoding.UTF8.GetString((await function.InvokeAsync(default)).Payload.Span));
        Assert.Equal(3, environments.Created);
    });

    [Fact]
    public void An_asynchronous_invocation_is_tried_again_after_one_and_two_minutes_under_the_same_request_id() => clock.Run(async () =>
    {
        var tries = new List<(DateTimeOffset At, string Id)>();
        var function = Function((_, invocation, _) =>
        {
            tries.Add((clock.GetUtcNow(), invocation.RequestId));
            throw new InvalidOperationException("no");
        });
        var result = await new AsyncInvoker(function, clock).InvokeAsync("{}"u8.ToArray());
        Assert.Equal(InvocationResult.Error, result.Outcome);
        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)], tries.Zip(tries.Skip(1), (a, b) => b.At - a.At));
        Assert.Single(tries.Select(one => one.Id).Distinct());
    });

    private LambdaFunction Function(FunctionHandler handler) => new(
        new LambdaSettings("f", "123456789012", "eu-west-1") { Timeout = TimeSpan.FromSeconds(10) }, handler, clock, journal);
}
