namespace TargetDrain.Emulator.Faults;

/// <summary>The faults that are armed. The first rule that matches strikes.</summary>
internal sealed class ArmedFaults(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly List<Armed> rules = [];

    public FaultRule Add(FaultRule rule)
    {
        lock (gate) rules.Add(new Armed(rule));
        return rule;
    }

    public void Remove(FaultRule rule)
    {
        lock (gate) rules.RemoveAll(armed => ReferenceEquals(armed.Rule, rule));
    }

    public void Clear()
    {
        lock (gate) rules.Clear();
    }

    /// <summary>How often a rule has struck.</summary>
    public int HitsOf(FaultRule rule)
    {
        lock (gate) return rules.FirstOrDefault(armed => ReferenceEquals(armed.Rule, rule))?.Hits ?? 0;
    }

    internal Fault? Strike(ApiCall call)
    {
        lock (gate)
        {
            foreach (var armed in rules)
                if (armed.Strikes(call, clock.GetUtcNow())) return armed.Rule.Fault;
            return null;
        }
    }

    private sealed class Armed(FaultRule rule)
    {
        private int seen;

        public FaultRule Rule { get; } = rule;

        public int Hits { get; private set; }

        public bool Strikes(ApiCall call, DateTimeOffset now)
        {
            if (Rule.Service is { } service && service != call.Service) return false;
            if (Rule.Operation is { } operation && operation != call.Operation) return false;
            if (Rule.When?.Invoke(call) == false) return false;
            if (Rule.Until <= now || Hits >= Rule.Times) return false;
            if (seen++ < Rule.Skip) return false;
            Hits++;
            return true;
        }
    }
}
