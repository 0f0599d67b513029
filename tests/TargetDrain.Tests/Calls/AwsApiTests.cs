using System.Net;
using Amazon.Runtime;
using TargetDrain.Calls;
using TargetDrain.Emulator.Clock;
using TargetDrain.Telemetry;
using Xunit;

namespace TargetDrain.Tests.Calls;

public sealed class AwsApiTests
{
    private readonly VirtualClock clock = new();
    private readonly AwsApi api;
    private int attempts;

    public AwsApiTests() => api = new AwsApi(new CallGate(new CallRate(1000, 1000), 100, clock), new DrainMetrics("test", "test", clock), clock, () => 0.5);

    private double Seconds => (clock.GetUtcNow() - new VirtualClock().GetUtcNow()).TotalSeconds;

    [Fact]
    public void A_fault_of_the_service_is_tried_again_four_times_within_seconds() => clock.Run(async () =>
    {
        await Assert.ThrowsAsync<IOException>(() => CallAsync(_ => throw new IOException("reset")));

        Assert.Equal(5, attempts);
        Assert.InRange(Seconds, 1, 8);
    });

    [Fact]
    public void The_last_of_the_attempts_may_succeed() => clock.Run(async () =>
    {
        await CallAsync(_ => attempts < 5 ? throw new IOException("reset") : Answer());

        Assert.Equal(5, attempts);
    });

    [Fact]
    public void What_AWS_refuses_is_not_tried_again() => clock.Run(async () =>
    {
        await Assert.ThrowsAsync<AmazonServiceException>(() => CallAsync(_ => throw Error("AccessDenied", HttpStatusCode.Forbidden)));

        Assert.Equal((1, 0), (attempts, Seconds));
    });

    [Fact]
    public void Being_throttled_uses_up_no_retry() => clock.Run(async () =>
    {
        await CallAsync(_ => attempts <= 40 ? throw Error("Throttling", HttpStatusCode.BadRequest) : Answer());

        Assert.Equal(41, attempts);
        Assert.InRange(Seconds, 5, 60);
    });

    [Fact]
    public void An_attempt_lasts_ten_seconds_at_most() => clock.Run(async () =>
    {
        await CallAsync(stop => attempts == 1 ? NeverAsync(stop) : Answer());

        Assert.Equal(2, attempts);
        Assert.InRange(Seconds, 10, 11);
    });

    [Fact]
    public void When_none_answers_it_has_timed_out() => clock.Run(async () =>
    {
        await Assert.ThrowsAsync<TimeoutException>(() => CallAsync(NeverAsync));

        Assert.Equal(5, attempts);
    });

    [Fact]
    public void Whoever_has_no_more_time_is_told_so_and_tries_no_more() => clock.Run(async () =>
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(4), clock);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CallAsync(NeverAsync, time.Token));

        Assert.Equal((1, 4), (attempts, Seconds));
    });

    // Nobody whose time is up has cancelled it.
    [Fact]
    public void A_call_that_was_cancelled_otherwise_is_not_late() => clock.Run(async () =>
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CallAsync(_ => throw new OperationCanceledException()));

        Assert.Equal(1, attempts);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_two_environments_try_again_in_lockstep(bool isThrottled) => clock.Run(async () =>
    {
        var waits = new List<double>();
        for (var random = 0.1; random < 1; random += 0.8)
        {
            var chance = random;
            var start = Seconds;
            var one = new AwsApi(new CallGate(new CallRate(1000, 1000), 100, clock), new DrainMetrics("test", "test", clock), clock, () => chance);
            var calls = 0;
            await one.CallAsync("Describe", Urgency.Normal, _ => ++calls > 1 ? Answer() : throw (isThrottled ? Error("Throttling", HttpStatusCode.BadRequest) : new IOException("reset")), default);
            waits.Add(Seconds - start);
        }
        Assert.True(waits[1] - waits[0] > 0.05, $"{waits[0]} s and {waits[1]} s");
    });

    // A captive portal or a proxy: status 200, and lists that are empty.
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_answer_that_is_not_of_AWS_is_none(string? requestId) => clock.Run(async () =>
    {
        await CallAsync(_ => attempts == 1 ? Answer(requestId) : Answer());
        Assert.Equal(2, attempts);

        await CallAsync(_ => attempts == 3 ? Task.FromResult(new AmazonWebServiceResponse()) : Answer());
        Assert.Equal(4, attempts);
    });

    // It would throttle whoever comes next as well.
    [Theory]
    [InlineData("Throttling", HttpStatusCode.BadRequest, true)]
    [InlineData("Whatever", HttpStatusCode.ServiceUnavailable, true)]
    [InlineData("Whatever", HttpStatusCode.InternalServerError, false)]
    public void Who_asks_for_fewer_calls_gets_fewer(string code, HttpStatusCode status, bool slowsDown) => clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(10, 10), 10, clock);
        var narrow = new AwsApi(gate, new DrainMetrics("test", "test", clock), clock, () => 0.5);
        await narrow.CallAsync("Describe", Urgency.Normal, _ => attempts++ == 0 ? throw Error(code, status) : Answer(), default);

        var start = Seconds;
        for (var n = 0; n < 5; n++) await narrow.CallAsync("Describe", Urgency.Normal, _ => Answer(), default);
        Assert.Equal(slowsDown, Seconds - start > 0.05);
    });

    private Task<AmazonWebServiceResponse> CallAsync(Func<CancellationToken, Task<AmazonWebServiceResponse>> call, CancellationToken cancellation = default) =>
        api.CallAsync("Describe", Urgency.Normal, stop =>
        {
            attempts++;
            return call(stop);
        }, cancellation);

    /// <summary>Goes on in the clock's thread when it is stopped.</summary>
    private static async Task<AmazonWebServiceResponse> NeverAsync(CancellationToken stop)
    {
        var never = new TaskCompletionSource<AmazonWebServiceResponse>();
        await using var given = stop.Register(() => never.TrySetCanceled(stop));
        return await never.Task;
    }

    private static Task<AmazonWebServiceResponse> Answer(string? requestId = "1") =>
        Task.FromResult(new AmazonWebServiceResponse { ResponseMetadata = new ResponseMetadata { RequestId = requestId } });

    private static AmazonServiceException Error(string code, HttpStatusCode status) => new("what AWS says", null, ErrorType.Unknown, code, "1", status);
}
