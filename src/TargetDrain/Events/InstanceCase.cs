using TargetDrain.Calls;

namespace TargetDrain.Events;

/// <summary>All that a batch says about one instance.</summary>
/// <param name="Actions">The lifecycle actions that wait for it, each once.</param>
/// <param name="Since">The earliest of the events' times.</param>
/// <param name="Until">The latest of them.</param>
/// <param name="End">What they say in common about the instance's life: no more than the vaguest of them.</param>
internal sealed record InstanceCase(
    string InstanceId, Urgency Urgency, DateTimeOffset Since, DateTimeOffset Until, InstanceEnd End,
    IReadOnlyList<LifecycleAction> Actions, IReadOnlyList<InboundMessage> Messages)
{
    public static InstanceCase Of(InboundMessage message, TerminationNotice notice) =>
        new InstanceCase(notice.InstanceId, Urgency.Patient, notice.Time, notice.Time, notice.End, [], []).With(message, notice);

    public InstanceCase With(InboundMessage message, TerminationNotice notice)
    {
        var policy = ReasonPolicy.For(notice.Reason);
        return this with
        {
            Urgency = policy.Urgency < Urgency ? policy.Urgency : Urgency,
            Since = notice.Time < Since ? notice.Time : Since,
            Until = notice.Time > Until ? notice.Time : Until,
            End = notice.End < End ? notice.End : End,
            Actions = policy.Completes && notice.Action is { } action && Actions.All(known => known.Token != action.Token) ? [.. Actions, action] : Actions,
            Messages = [.. Messages, message],
        };
    }
}
