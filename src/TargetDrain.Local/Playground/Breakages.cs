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

    public void Write(Utf8JsonWriter json)
    {
        (string Operation, string Kind, int Left)[] left;
        lock (gate)
        {
            armed.RemoveAll(item => world.Faults.HitsOf(item.Rule) >= item.Rule.Times);
            left = [.. armed.Select(item => (item.Rule.Operation!, item.Kind, item.Rule.Times!.Value - world.Faults.HitsOf(item.Rule)))];
        }
        json.WriteStartArray("broken");
        foreach (var (operation, kind, times) in left)
        {
            json.WriteStartObject();
            json.WriteString("operation", operation);
            json.WriteString("kind", kind);
            json.WriteNumber("left", times);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
