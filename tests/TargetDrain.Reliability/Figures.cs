using TargetDrain.Emulator.Journal;

namespace TargetDrain.Reliability;

/// <summary>What a run came to, in numbers.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, int> calls = [];

    /// <summary>The function's calls, attempts included, by operation.</summary>
    public IReadOnlyDictionary<string, int> Calls => calls;

    public int FailedCalls { get; private set; }

    public int Registrations { get; private set; }

    public int ActionsCompleted { get; private set; }

    public int ActionsTimedOut { get; private set; }

    public int ActionsEndedEarly { get; private set; }

    public int MessagesDeadLettered { get; private set; }

    /// <summary>Addresses of instances that died before anybody could ask EC2 for them.</summary>
    public int AddressesLeft { get; private set; }

    /// <summary>Messages received or waiting to be, and not done, at most.</summary>
    public int LargestBacklog { get; private set; }

    /// <summary>Calls that changed nothing, since it had been done before.</summary>
    public int CompletionsRepeated { get; private set; }

    public void Called(ApiCalled call)
    {
        calls[call.Operation] = calls.GetValueOrDefault(call.Operation) + 1;
        if (call.ErrorCode is null) return;
        FailedCalls++;
        if (call is { Operation: "CompleteLifecycleAction", ErrorCode: "ValidationError" }) CompletionsRepeated++;
    }

    public void Deregistered() => Registrations++;

    public void Completed() => ActionsCompleted++;

    public void TimedOut() => ActionsTimedOut++;

    public void Early() => ActionsEndedEarly++;

    public void DeadLettered() => MessagesDeadLettered++;

    public void AddressLeft() => AddressesLeft++;

    public void Backlog(int messages) => LargestBacklog = Math.Max(LargestBacklog, messages);
}
