using TargetDrain.Emulator.Faults;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Playground;

/// <summary>What the page has broken, and how often it will still fail.</summary>
internal sealed class Breakages(World world)
{
    private readonly Lock gate = new();
    private readonly List<(FaultRule Rule, string Kind)> armed = [];

    /// <summary>For the function's own calls only.</summary>
    public void Add(Fault fault, string kind, string operation, int times)
    {
        var rule = world.Faults.Add(new FaultRule(fault)
        {
            Operation = operation, Times = times, When = call => call.Principal == Installation.FunctionAccessKeyId,
        });
        lock (gate) armed.Add((rule, kind));
    }

    public void Heal()
    {
        List<(FaultRule Rule, string Kind)> all;
        lock (gate)
        {
            all = [.. armed];
            armed.Clear();
        }
        foreach (var (rule, _) in all) world.Faults.Remove(rule);
    }

    public JsonArray ToJson()
    {
        lock (gate)
        {
            armed.RemoveAll(item => world.Faults.HitsOf(item.Rule) >= item.Rule.Times);
            return [.. armed.Select(item => new JsonObject
            {
                ["operation"] = item.Rule.Operation, ["kind"] = item.Kind, ["left"] = item.Rule.Times - world.Faults.HitsOf(item.Rule),
            })];
        }
    }
}
