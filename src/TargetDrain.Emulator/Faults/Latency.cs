using System.Collections.Concurrent;

namespace TargetDrain.Emulator.Faults;

/// <summary>How long the services take to answer.</summary>
internal sealed class Latency
{
    private readonly ConcurrentDictionary<(string Service, string Operation), TimeSpan> special = [];

    /// <summary>For every operation that has none of its own.</summary>
    public TimeSpan Default { get; set; }

    public void Set(string service, string operation, TimeSpan latency) => special[(service, operation)] = latency;

    internal TimeSpan Of(ApiCall call) =>
        special.TryGetValue((call.Service, call.Operation), out var latency) ? latency : Default;
}
