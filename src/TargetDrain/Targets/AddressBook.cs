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
            if (latest is not null && now - askedAt <= FreshFor) return latest;
            askedAt = now;
            return latest = AskAsync(cancellation);
        }
    }

    private async Task<TargetOwners> AskAsync(CancellationToken cancellation) =>
        new(await lookup.FindAsync(instanceIds, urgency, cancellation), peeredVpcs);
}
