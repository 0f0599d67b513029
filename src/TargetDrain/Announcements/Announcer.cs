using Amazon.EventBridge;
using Amazon.EventBridge.Model;

namespace TargetDrain.Announcements;

/// <summary>Sends our events, last of all. One that cannot be sent is logged, and changes nothing.</summary>
/// <param name="bus">Null where none are wanted.</param>
internal sealed class Announcer(IAmazonEventBridge? bus, AwsApi api, bool dryRun, TimeProvider clock, ILogger log)
{
    // What EventBridge takes in a call.
    private const int MostEntries = 10;

    // The invocation's messages count as done only when it ends: no outage of EventBridge may keep it for long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ForEach = TimeSpan.FromMilliseconds(2);

    /// <summary>Tells of the drains that came to their end. A dry run has none.</summary>
    public Task TellAsync(IEnumerable<NextStep> steps, CancellationToken cancellation) => dryRun
        ? Task.CompletedTask
        : SendAsync([.. steps.Select(step => DrainEnd.Of(step, clock.GetUtcNow())).OfType<DrainEnd>().Select(Announcement.Of)], cancellation);

    public Task TellAsync(IEnumerable<FoundOrphan> orphans, CancellationToken cancellation) =>
        SendAsync([.. orphans.Select(Announcement.Of)], cancellation);

    private async Task SendAsync(IReadOnlyCollection<Announcement> announcements, CancellationToken cancellation)
    {
        if (bus is not { } open || announcements.Count == 0) return;
        using var limit = new CancellationTokenSource(Patience + (announcements.Count * ForEach), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await Task.WhenAll(announcements.Chunk(MostEntries).Select(some => SendAsync(open, some, either.Token)));
    }

    private async Task SendAsync(IAmazonEventBridge open, Announcement[] some, CancellationToken cancellation)
    {
        var request = new PutEventsRequest
        {
            Entries = [.. some.Select(one => new PutEventsRequestEntry { Source = Announcement.Source, DetailType = one.DetailType, Detail = one.Detail })],
        };
        try
        {
            var answer = await api.CallAsync("PutEvents", Urgency.Normal, stop => open.PutEventsAsync(request, stop), cancellation);
            if (answer.FailedEntryCount is > 0 and var failed)
                log.EventsNotSent(failed, answer.Entries?.Find(entry => entry.ErrorCode is not null) is { } first ? $"{first.ErrorCode}: {first.ErrorMessage}" : "no reason given");
        }
        catch (Exception exception)
        {
            log.EventsNotSent(some.Length, AwsErrors.Describe(exception));
        }
    }
}
