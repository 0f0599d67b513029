using System.Collections.Concurrent;

namespace TargetDrain.Local.Calls;

/// <summary>The AWS calls that are under way: which, for how long, and the how manyth attempt each is.</summary>
internal sealed class CallWatch(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, Call> inFlight = [];
    private readonly ConcurrentDictionary<(string Operation, string Request), int> attempts = [];
    private long count;

    /// <param name="request">What tells one call of an operation from another; the same again is another attempt.</param>
    /// <returns>To be disposed when it was answered, or given up.</returns>
    public IDisposable Begin(string operation, string request, Uri? where)
    {
        var number = Interlocked.Increment(ref count);
        var attempt = attempts.AddOrUpdate((operation, request), 1, (_, before) => before + 1);
        inFlight[number] = new Call(operation, where?.GetLeftPart(UriPartial.Authority) ?? "", attempt, clock.GetTimestamp());
        return new Ended(this, number);
    }

    /// <summary>The call that has been waiting longest, in words, if that is long.</summary>
    public string? Slow(TimeSpan silence)
    {
        var longest = inFlight.Values.Select(call => (Call: call, Span: clock.GetElapsedTime(call.Since))).OrderByDescending(item => item.Span).FirstOrDefault();
        return longest.Call is not { } slow || longest.Span < silence
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"{slow.Operation}: no answer from {slow.Where} for {longest.Span.TotalSeconds:0} s, attempt {slow.Attempt}");
    }

    private sealed record Call(string Operation, string Where, int Attempt, long Since);

    private sealed class Ended(CallWatch watch, long number) : IDisposable
    {
        public void Dispose() => watch.inFlight.TryRemove(number, out _);
    }
}
