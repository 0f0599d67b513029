namespace TargetDrain.Events;

/// <summary>What a message turned out to be.</summary>
internal abstract record ParsedMessage
{
    private ParsedMessage() { }

    internal sealed record Notice(TerminationNotice Value) : ParsedMessage;

    internal sealed record Ticket(DrainTicket Value) : ParsedMessage;

    /// <summary>The schedule's tick: time to look for what was missed.</summary>
    internal sealed record Reconcile : ParsedMessage;

    /// <summary>Understood, and nothing for us to do.</summary>
    /// <param name="Kind">Such as the detail-type; a short, fixed word for the metrics.</param>
    /// <param name="NeedsSomebody">A person has to act on it.</param>
    internal sealed record Ignored(string Kind, string Why, bool NeedsSomebody = false) : ParsedMessage;
}
