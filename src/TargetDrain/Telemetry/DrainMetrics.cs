using System.Collections.Concurrent;

namespace TargetDrain.Telemetry;

/// <summary>What happened, in numbers, gathered over an invocation. The names are those of <see cref="MetricNames"/>.</summary>
internal sealed class DrainMetrics(string metricsNamespace, string functionName, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, double> counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> seconds = new(StringComparer.Ordinal);

    public void Count(string name, double amount = 1)
    {
        if (amount > 0) counts.AddOrUpdate(name, amount, (_, sum) => sum + amount);
    }

    /// <summary>Counts it, and once more for its kind alone.</summary>
    public void CountBy(string name, string kind)
    {
        Count(name);
        Count($"{name}.{kind}");
    }

    public void Time(string name, TimeSpan duration) => seconds.GetOrAdd(name, _ => []).Add(Math.Max(0, duration.TotalSeconds));

    /// <summary>Writes what was gathered since the last time, as one line; nothing when nothing was.</summary>
    public void Flush(TextWriter output)
    {
        var document = EmbeddedMetrics.Write(metricsNamespace, functionName, clock.GetUtcNow(), Take(counts, value => value), Take(seconds, bag => bag.ToArray()));
        if (document is not null) output.WriteLine(document);
    }

    private static List<(string Name, TOut Value)> Take<TIn, TOut>(ConcurrentDictionary<string, TIn> from, Func<TIn, TOut> read)
    {
        var taken = new List<(string, TOut)>();
        foreach (var name in from.Keys.Order(StringComparer.Ordinal))
            if (from.TryRemove(name, out var value)) taken.Add((name, read(value)));
        return taken;
    }
}
