namespace TargetDrain.Targets;

/// <summary>
/// What EC2 last said of the departing instances. EC2 gives a released address to the next host within seconds, so whoever is about to
/// deregister an address asks for owners that are fresh.
/// </summary>
internal sealed class AddressBook(
    InstanceLookup lookup, IReadOnlyCollection<string> instanceIds, bool peeredVpcs, Urgency urgency, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly Lock state = new();
    private Task<TargetOwners>? latest;
    private DateTimeOffset askedAt;

    /// <summary>Owners as EC2 told them at most five seconds ago; one question serves all who ask meanwhile.</summary>
    public Task<TargetOwners> FreshAsync(CancellationToken cancellation)
    {
        lock (state)
        {
            var now = clock.GetUtcNow();
            if (latest is null || now - askedAt > FreshFor) (askedAt, latest) = (now, AskAsync(cancellation));
            // Each has a task of its own: of several that await the same one, all but one go on in the thread pool, and there is no need to.
            return latest.IsCompleted ? latest : latest.ContinueWith(static asked => asked, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Unwrap();
        }
    }

    private async Task<TargetOwners> AskAsync(CancellationToken cancellation) =>
        new(await lookup.FindAsync(instanceIds, urgency, cancellation), peeredVpcs);
}
