using TargetDrain.Queue;

namespace TargetDrain.Events;

/// <summary>What a message turned out to be.</summary>
internal abstract record Reading
{
    private Reading() { }

    internal sealed record Notice(TerminationNotice Value) : Reading;

    internal sealed record Ticket(DrainTicket Value) : Reading;

    internal sealed record Note(DrainedNote Value) : Reading;

    /// <summary>Understood, and nothing for us to do.</summary>
    /// <param name="Kind">Such as the detail-type; a short, fixed word for the metrics.</param>
    internal sealed record Ignored(string Kind, string Why) : Reading;
}
