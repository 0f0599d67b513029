using Amazon.SQS;
using Amazon.SQS.Model;
using TargetDrain.Reconcile;

namespace TargetDrain.Local.Diagnostics;

/// <summary>When the reconciler ran last and what it found, from the message that its runs pass on.</summary>
/// <param name="isScheduled">Whether the stack's schedule is meant to be on.</param>
internal sealed class ReconcilerCheck(IAmazonSQS queues, DrainOptions options, bool isScheduled, TimeProvider clock)
{
    // A run that found the last one under way, or its environment killed, is no reason to worry.
    private const int MissedRuns = 3;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        if (options.ReconcileQueueUrl is not { } url)
            return [Finding.Note("There is no reconciler: what no event reported is not found.", "Deploy the current version, or set RECONCILE_QUEUE_URL.")];
        if (!isScheduled) return [Finding.Note("The reconciler's schedule is off: what no event reported is not found.", "Deploy with ReconcileMinutes=5.")];
        // Seen and not taken: it stays visible to the next run.
        var request = new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = 10, VisibilityTimeout = 0, WaitTimeSeconds = 1 };
        var (answer, problem) = await Reading.TryAsync("sqs:ReceiveMessage", () => queues.ReceiveMessageAsync(request, cancellation));
        if (answer is null) return [problem!];
        var baton = (answer.Messages ?? []).Select(message => Baton.Parse(message.Body)).MaxBy(one => one.StartedAt);
        return baton is { StartedAt: { } startedAt, Last: { } last }
            ? Judge(startedAt, last)
            : [Finding.Note("The reconciler is running now, or has not run yet.")];
    }

    private List<Finding> Judge(DateTimeOffset startedAt, RunSummary last)
    {
        var age = clock.GetUtcNow() - startedAt;
        var when = $"The reconciler's last run began {HookCheck.InWords(age)} ago";
        List<Finding> findings =
        [
            age > options.ReconcileInterval * MissedRuns
                ? Finding.Warning(
                    $"{when}; one is due every {HookCheck.InWords(options.ReconcileInterval)}.",
                    "Is the rule ReconcileRule enabled, and does the function's policy let it in? The log says why a run failed.")
                : Finding.Good(
                    $"{when}: {last.Groups} target groups{(last.IsWhole ? "" : ", the others next")}, {last.Orphans} orphans, {last.Removed} removed, {last.Recovered} lifecycle actions recovered."),
        ];
        if (last.Orphans > last.Removed)
            findings.Add(Finding.Warning(
                $"{last.Orphans - last.Removed} registered targets belong to nothing.", "target-drain plan --orphans names them; ReconcileOrphans=remove deregisters them."));
        return findings;
    }
}
