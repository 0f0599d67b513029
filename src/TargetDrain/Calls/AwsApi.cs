using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Polly;
using Polly.Retry;

namespace TargetDrain.Calls;

/// <summary>
/// One AWS API as we may use it: through its rate gate, with a time limit per attempt and jittered retries, never in lockstep. Being
/// throttled is waiting, not failing, and uses up no retry. All time comes from the injected clock.
/// </summary>
internal sealed class AwsApi(CallGate gate, DrainMetrics metrics, TimeProvider clock, Func<double> random)
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    private readonly ResiliencePipeline attempts = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 4,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = TimeSpan.FromSeconds(2),
            Randomizer = random,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && AwsErrors.IsTransient(exception)),
        })
        // Short delays: the gate does the slowing down, and gives the most urgent its turn first.
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Constant,
            UseJitter = true,
            Delay = FirstDelay,
            Randomizer = random,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && AwsErrors.IsThrottling(exception)),
        })
        .Build();

    /// <param name="operation">The API's name for it; counted in the metrics.</param>
    /// <param name="rank">Among calls of the same urgency the lowest goes first.</param>
    /// <exception cref="OperationCanceledException">The time for it was up before it was answered.</exception>
    public async Task<T> CallAsync<T>(
        string operation, Urgency urgency, Func<CancellationToken, Task<T>> call, CancellationToken cancellation, int rank = 0)
        where T : AmazonWebServiceResponse =>
        // The delay between two attempts is short and not worth cancelling; the attempt after it sees the cancellation.
        await attempts.ExecuteAsync(_ => AttemptAsync(operation, urgency, rank, call, cancellation), CancellationToken.None);

    /// <summary>One page after another, until one names no next.</summary>
    /// <param name="call">For the page that a token names; null for the first.</param>
    public async IAsyncEnumerable<T> PagesAsync<T>(
        string operation, Urgency urgency, Func<string?, CancellationToken, Task<T>> call, Func<T, string?> next,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : AmazonWebServiceResponse
    {
        string? token = null;
        do
        {
            var page = await CallAsync(operation, urgency, stop => call(token, stop), cancellation);
            yield return page;
            token = next(page);
        }
        while (!string.IsNullOrEmpty(token));
    }

    private async ValueTask<T> AttemptAsync<T>(
        string operation, Urgency urgency, int rank, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
        where T : AmazonWebServiceResponse
    {
        await gate.EnterAsync(urgency, cancellation, rank);
        var throttled = false;
        using var limit = new CancellationTokenSource(AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var answer = await call(either.Token);
            // What a proxy or a captive portal answers with status 200 parses to empty lists; only AWS names the request.
            return string.IsNullOrEmpty(answer.ResponseMetadata?.RequestId)
                ? throw new IOException($"{operation} was answered without a request id, so not by AWS.")
                : answer;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{operation} did not answer within {AttemptTimeout.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (AwsErrors.AsksForFewerCalls(exception))
        {
            throttled = true;
            throw;
        }
        finally
        {
            metrics.CountBy(MetricNames.ApiCalls, operation);
            if (throttled) metrics.Count(MetricNames.ApiThrottles);
            gate.Leave(throttled);
        }
    }
}
