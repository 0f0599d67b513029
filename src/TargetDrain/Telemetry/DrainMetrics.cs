using System.Collections.Concurrent;
using TargetDrain.Events;

namespace TargetDrain.Telemetry;

/// <summary>
/// What happened, in numbers: one verb per fact, gathered over an invocation and written as one document in the
/// CloudWatch embedded metric format.
/// </summary>
internal sealed class DrainMetrics(string metricsNamespace, string functionName, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, double> counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> seconds = new(StringComparer.Ordinal);

    public void NoticeRead(TerminationReason reason)
    {
        Count(MetricNames.Notices);
        Count($"{MetricNames.Notices}.{reason}");
    }

    public void NoticeWasStale() => Count(MetricNames.NoticesStale);

    public void TicketRead() => Count(MetricNames.TicketsRead);

    public void Ignored() => Count(MetricNames.EventsIgnored);

    public void Malformed() => Count(MetricNames.MessagesMalformed);

    public void MessageFailed() => Count(MetricNames.MessagesFailed);

    public void ApiCalled(string operation, bool throttled)
    {
        Count(MetricNames.ApiCalls);
        Count($"{MetricNames.ApiCalls}.{operation}");
        if (throttled) Count(MetricNames.ApiThrottles);
    }

    public void Deregistered(int targets) => Count(MetricNames.TargetsDeregistered, targets);

    /// <summary>From the event to the end of the search, all targets taken out.</summary>
    public void TakenOut(TimeSpan sinceEvent) => Time(MetricNames.TimeToDeregister, sinceEvent);

    public void AddressesUnknown() => Count(MetricNames.AddressesUnknown);

    public void TicketsSent(int tickets) => Count(MetricNames.TicketsSent, tickets);

    public void HeartbeatRecorded() => Count(MetricNames.Heartbeats);

    public void ActionCompleted(string result)
    {
        Count(MetricNames.ActionsCompleted);
        Count($"{MetricNames.ActionsCompleted}.{result}");
    }

    public void ActionAlreadyOver() => Count(MetricNames.ActionsAlreadyOver);

    public void DrainEnded(TimeSpan sinceStart) => Time(MetricNames.DrainDuration, sinceStart);

    public void DrainTimedOut() => Count(MetricNames.DrainsTimedOut);

    public void GaveUp() => Count(MetricNames.DrainsGivenUp);

    /// <summary>Writes what was gathered since the last time, as one line; nothing when nothing was.</summary>
    public void Flush(TextWriter output)
    {
        var document = EmbeddedMetrics.Write(metricsNamespace, functionName, clock.GetUtcNow(), Take(counts, value => value), Take(seconds, bag => bag.ToArray()));
        if (document is not null) output.WriteLine(document);
    }

    private void Count(string name, double amount = 1)
    {
        if (amount > 0) counts.AddOrUpdate(name, amount, (_, sum) => sum + amount);
    }

    private void Time(string name, TimeSpan duration) => seconds.GetOrAdd(name, _ => []).Add(Math.Max(0, duration.TotalSeconds));

    private static List<(string Name, TOut Value)> Take<TIn, TOut>(ConcurrentDictionary<string, TIn> from, Func<TIn, TOut> read)
    {
        var taken = new List<(string, TOut)>();
        foreach (var name in from.Keys.Order(StringComparer.Ordinal))
            if (from.TryRemove(name, out var value)) taken.Add((name, read(value)));
        return taken;
    }
}
