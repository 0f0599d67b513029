using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using TargetDrain.Targets;
using TargetDrain.Telemetry;

namespace TargetDrain;

/// <summary>
/// The way of an event: read, locate and deregister, hand off; and when the ticket comes back, check and complete.
/// Every step may run twice, in any order and by two workers at once, and ends in the same state.
/// </summary>
internal sealed class DrainPipeline(
    EventReader reader, SweepMemory memory, TargetSweep sweep, TargetCheck check, DrainWait wait, WorkQueue queue,
    int maxReceiveCount, DrainMetrics metrics, TimeProvider clock, Func<double> random, ILogger log)
{
    // Fewer are completed so fast that this environment is free again when the next events come.
    private const int WorthTelling = 20;

    /// <returns>The messages that are not done and have to come again.</returns>
    public async Task<IReadOnlyList<FailedMessage>> RunAsync(IReadOnlyList<InboundMessage> messages, EventHome home, InvocationTime time)
    {
        var inbox = Inbox.Sort(messages, reader, home, maxReceiveCount, metrics, log);
        foreach (var note in inbox.Notes)
            foreach (var id in note.InstanceIds) memory.Drained(id, note.At);
        var results = await Task.WhenAll(DrainAsync(inbox.Cases, time), CheckAsync(inbox.Tickets, time));
        List<FailedMessage> failed =
        [
            .. inbox.Malformed.Select(item => new FailedMessage(item.Message, item.Problem.Message, RetrySchedule.ForMalformed)),
            .. results.SelectMany(result => result),
        ];
        await queue.HandBackAsync([.. failed.Select(item => (item.Message, item.RetryIn))], time.WrapUp);
        return failed;
    }

    /// <summary>Instances that are going away: out of every group, then wait for the drain where somebody waits for us.</summary>
    private async Task<IEnumerable<FailedMessage>> DrainAsync(IReadOnlyCollection<InstanceCase> all, InvocationTime time)
    {
        var scopes = all.ToDictionary(one => one.InstanceId, memory.ScopeFor, StringComparer.Ordinal);
        var cases = all.Where(one => scopes[one.InstanceId].Extent != Extent.Nothing).ToList();
        foreach (var (instanceId, _) in scopes.Where(scope => scope.Value.Extent == Extent.Nothing)) log.NothingLeft(instanceId);
        if (cases.Count == 0) return [];
        var learning = wait.LearnHooksAsync(cases.SelectMany(one => one.Actions), time.Work);
        var begun = clock.GetUtcNow();
        var findings = await sweep.RunAsync(
            [.. cases.Select(one => new Sought(one.InstanceId, scopes[one.InstanceId]))], cases.Min(one => one.Urgency), time.Work);
        await learning;
        await wait.LearnDelaysAsync(cases.Where(one => one.Actions.Count > 0).SelectMany(one => findings[one.InstanceId].Draining), time.WrapUp);
        var steps = await Task.WhenAll(cases.Select(async one =>
        {
            var found = findings[one.InstanceId];
            if (found.IsCertain)
            {
                metrics.TakenOut(clock.GetUtcNow() - one.Since);
                if (one.End != InstanceEnd.Unknown && scopes[one.InstanceId].Extent == Extent.Everything)
                    memory.Swept(one.InstanceId, begun, [.. found.Draining.Select(group => group.Arn)]);
            }
            return await TryAsync(
                new Subject(one.InstanceId, one.Messages, one.Urgency, one.Actions, wait.HeartbeatTimeoutOf(one.Actions)),
                () => wait.BeginAsync(one, found, time), time);
        }));
        return await HandOffAsync(steps, time);
    }

    /// <summary>Instances that were draining: look again, then complete, wait on, or end it because time is up.</summary>
    private async Task<IEnumerable<FailedMessage>> CheckAsync(IReadOnlyCollection<TicketCase> tickets, InvocationTime time)
    {
        if (tickets.Count == 0) return [];
        var findings = await check.RunAsync([.. tickets.Select(one => one.Ticket)], time.Work);
        await RememberDrainedAsync(findings.Values, time);
        // Of the others the ticket tells when they end.
        var begunAnew = findings.Values.SelectMany(found => found.Draining).Where(group => group.Since is not null);
        await wait.LearnDelaysAsync(begunAnew, time.WrapUp);
        var steps = await Task.WhenAll(tickets.Select(one => TryAsync(
            new Subject(
                one.Ticket.InstanceId, one.Messages, Urgency.Patient, [.. one.Ticket.Actions.Select(action => action.Action)],
                one.Ticket.HeartbeatTimeout),
            () => wait.ContinueAsync(one.Ticket, findings[one.Ticket.InstanceId], time), time)));
        return await HandOffAsync(steps, time);
    }

    /// <summary>Their ends are announced next, many at a time; another environment will be told while this one is busy.</summary>
    private async Task RememberDrainedAsync(IEnumerable<Findings> findings, InvocationTime time)
    {
        var drained = findings.Where(found => found.IsCertain && found.Draining.Count == 0).Select(found => found.InstanceId).ToList();
        var now = clock.GetUtcNow();
        foreach (var id in drained) memory.Drained(id, now);
        if (drained.Count >= WorthTelling) await queue.TellAsync(new DrainedNote(DrainedNote.CurrentVersion, now, drained), time.WrapUp);
    }

    private async Task<Step> TryAsync(Subject subject, Func<Task<DrainTicket?>> next, InvocationTime time)
    {
        try
        {
            return new Step(subject, await next(), Problem: null);
        }
        // Whatever went wrong with one instance is the business of its own messages only.
        catch (Exception exception)
        {
            var problem = exception is UncertainException ? exception.Message : AwsErrors.Describe(exception);
            var isLastAttempt = subject.Messages.All(message => message.IsFromQueue && message.ReceiveCount >= maxReceiveCount);
            await wait.HoldAsync(subject.InstanceId, subject.Actions, isLastAttempt, problem, time);
            return new Step(subject, Ticket: null, problem);
        }
    }

    /// <summary>A message is done only when its ticket is in the queue.</summary>
    private async Task<IEnumerable<FailedMessage>> HandOffAsync(IReadOnlyCollection<Step> steps, InvocationTime time)
    {
        var tickets = wait.Schedule(steps.Select(step => step.Ticket).OfType<DrainTicket>());
        var unsent = (await queue.SendAsync(tickets, time.WrapUp)).ToDictionary(item => item.Ticket.InstanceId, item => item.Problem, StringComparer.Ordinal);
        return steps.SelectMany(step =>
            (step.Problem ?? unsent.GetValueOrDefault(step.Subject.InstanceId)) is { } problem ? step.Subject.Messages.Select(message => Fail(step.Subject, message, problem)) : []);
    }

    private FailedMessage Fail(Subject subject, InboundMessage message, string problem)
    {
        var delay = RetrySchedule.DelayOf(message.ReceiveCount, subject.Urgency, subject.HeartbeatTimeout, random());
        log.MessageFailed(message.Id, subject.InstanceId, message.ReceiveCount, maxReceiveCount, problem, (int)delay.TotalSeconds);
        metrics.MessageFailed();
        return new FailedMessage(message, problem, delay);
    }

    /// <summary>One instance in this invocation, and who asks and waits for it.</summary>
    private sealed record Subject(
        string InstanceId, IReadOnlyList<InboundMessage> Messages, Urgency Urgency, IReadOnlyList<LifecycleAction> Actions, TimeSpan? HeartbeatTimeout);

    /// <summary>What became of it.</summary>
    private sealed record Step(Subject Subject, DrainTicket? Ticket, string? Problem);
}

/// <summary>A message that has to come again.</summary>
internal sealed record FailedMessage(InboundMessage Message, string Problem, TimeSpan RetryIn);
