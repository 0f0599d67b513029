namespace TargetDrain.Reconcile;

/// <summary>
/// Finds, by a schedule and without any event, what was missed: lifecycle actions that wait for us and nobody answers, and targets that
/// belong to nothing any more. It has a small share of the API limits for itself, and stands still while there is anything else to do.
/// </summary>
internal sealed record Reconciler(
    BatonQueue Batons, ActionRecovery Recovery, OrphanRemoval Orphans, TargetGroupCatalog Catalog, TargetHealthReader Health, TimeProvider Clock, ILogger Log)
{
    /// <param name="account">The function's own; null when the invocation does not tell.</param>
    public async Task RunAsync(string? account, InvocationTime time)
    {
        try
        {
            if (await Batons.TakeAsync(time) is not { } baton) return;
            Recovery.Metrics.Count(MetricNames.ReconcilerRuns);
            var run = new ReconcileRun(this, baton, account, time);
            await Batons.PassOnAsync(await run.RunAsync(), time.WrapUp);
            await Orphans.Announcer.TellAsync(run.Told, time.WrapUp);
        }
        // The next run is the repetition; a failed invocation would be repeated by Lambda, and end as a dead letter.
        catch (Exception exception)
        {
            Log.ReconcilerFailed(AwsErrors.Describe(exception));
        }
    }
}
