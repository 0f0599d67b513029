using System.Collections.Concurrent;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Deployment;

/// <summary>A function with the queue that feeds it.</summary>
/// <param name="ReservedConcurrency">Null when none is reserved.</param>
public sealed record InstalledFunction(LambdaSettings Settings, SqsQueue? Queue, EventSourceOptions? EventSource, int? ReservedConcurrency = null)
{
    public string EventSourceId { get; } = Guid.NewGuid().ToString();

    /// <summary>Takes an event and runs the function with it later; null when nobody runs it.</summary>
    public Action<string>? Invoke { get; init; }
}

/// <summary>A stack, as CloudFormation would describe it.</summary>
/// <param name="Resources">Logical id, physical id and type of what it made.</param>
public sealed record InstalledStackView(
    string Name, string Arn, DateTimeOffset Created, IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<(string LogicalId, string PhysicalId, string Type)> Resources);

/// <summary>
/// What somebody has installed in this world. The emulator does not deploy: whoever plays CloudFormation registers what
/// is there, and Lambda's and CloudFormation's describing calls tell it.
/// </summary>
public sealed class StackRegistry(WorldOptions options, QueueService queues)
{
    private readonly ConcurrentDictionary<string, InstalledFunction> functions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, InstalledStackView> stacks = new(StringComparer.Ordinal);

    public WorldOptions Options { get; } = options;

    public QueueService Queues { get; } = queues;

    public IEnumerable<InstalledFunction> Functions => functions.Values;

    public IEnumerable<InstalledStackView> Stacks => stacks.Values;

    public void Add(InstalledFunction function) => functions[function.Settings.Name] = function;

    public void Add(InstalledStackView stack) => stacks[stack.Name] = stack;

    /// <param name="name">Name or ARN.</param>
    public InstalledFunction? Function(string name) => functions.Values.FirstOrDefault(function => name == function.Settings.Name || name == function.Settings.Arn);

    public InstalledStackView? Stack(string name) => stacks.Values.FirstOrDefault(stack => name == stack.Name || name == stack.Arn);
}
