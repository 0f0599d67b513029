namespace TargetDrain;

/// <summary>What comes next for one instance: decided after the look, and filled in as it is carried out.</summary>
internal sealed record NextStep(Departure Departure)
{
    /// <summary>To be sent first.</summary>
    public DrainTicket? Ticket { get; init; }

    /// <summary>To be ended, when the ticket is sent.</summary>
    public IReadOnlyList<PendingAction> Completes { get; init; } = [];

    /// <summary>How the wait for it ended; says something only where actions are to be ended.</summary>
    public DrainOutcome Outcome { get; init; }

    /// <summary>Why its messages have to come again.</summary>
    public string? Problem { get; init; }

    /// <summary>Nobody looked for it: it may be registered anywhere.</summary>
    public bool IsLeftAlone { get; init; }

    /// <summary>Where the look found it draining.</summary>
    public IReadOnlyCollection<Drain> Drains { get; init; } = [];

    /// <summary>Its actions that were ended.</summary>
    public IReadOnlyList<ActionEnd> Ended { get; init; } = [];

    /// <summary>Its messages, where they come again.</summary>
    public IReadOnlyList<FailedMessage> Failed { get; init; } = [];

    /// <summary>It is out of every group, and nobody waits any more.</summary>
    public bool IsDrained => Problem is null && !IsLeftAlone && Completes.Count > 0 && Outcome is DrainOutcome.Drained or DrainOutcome.NothingRegistered;

    public NextStep Wait(DrainTicket ticket) => this with { Ticket = ticket };

    public NextStep Complete(IReadOnlyList<PendingAction> actions, DrainOutcome outcome) => this with { Completes = actions, Outcome = outcome };

    /// <summary>Unless there is no problem.</summary>
    public NextStep Retry(string? problem) => problem is null ? this : new NextStep(Departure) { Problem = problem, Drains = Drains };
}
