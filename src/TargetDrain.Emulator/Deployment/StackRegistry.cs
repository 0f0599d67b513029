using System.Collections.Concurrent;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Deployment;

/// <summary>A function with the queues that feed it.</summary>
internal sealed record InstalledFunction(LambdaSettings Settings, params IReadOnlyList<InstalledEventSource> Sources)
{
    /// <summary>Null when none is reserved.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Pending, Active, Inactive or Failed.</summary>
    public string State { get; init; } = "Active";

    public string? StateReason { get; init; }

    /// <summary>Successful, InProgress or Failed.</summary>
    public string LastUpdateStatus { get; init; } = "Successful";

    public string? LastUpdateStatusReason { get; init; }

    /// <summary>Takes an event and runs the function with it later; null when nobody runs it.</summary>
    public Action<string>? Invoke { get; init; }
}

/// <param name="State">Enabled, or Disabled as somebody set it.</param>
internal sealed record InstalledEventSource(SqsQueue Queue, EventSourceOptions Options, string State = "Enabled")
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public bool IsEnabled => State == "Enabled";
}

/// <summary>A stack, as CloudFormation would describe it.</summary>
/// <param name="Resources">Logical id, physical id and type of what it made.</param>
internal sealed record InstalledStackView(
    string Name, string Arn, DateTimeOffset Created, IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<(string LogicalId, string PhysicalId, string Type)> Resources)
{
    public string Status { get; init; } = "CREATE_COMPLETE";

    public string? StatusReason { get; init; }

    public string? Description { get; init; }
}

/// <summary>
/// What somebody has installed in this world. The emulator does not deploy: whoever plays CloudFormation registers what
/// is there, and Lambda's and CloudFormation's describing calls tell it.
/// </summary>
internal sealed class StackRegistry(WorldOptions options, QueueService queues)
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
