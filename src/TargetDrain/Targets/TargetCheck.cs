using System.Net;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using TargetDrain.Telemetry;

namespace TargetDrain.Targets;

/// <summary>
/// Looks again at the groups that tickets name, one look per group for all tickets together. What was registered anew
/// is taken out anew.
/// </summary>
internal sealed class TargetCheck(
    InstanceLookup lookup, TargetGroupCatalog catalog, TargetHealthReader health, Deregistrar deregistrar, LifecycleActions lifecycle,
    bool peeredVpcs, ILogger log)
{
    public async Task<IReadOnlyDictionary<string, Findings>> RunAsync(
        IReadOnlyCollection<DrainTicket> tickets, CancellationToken cancellation)
    {
        var findings = tickets.ToDictionary(ticket => ticket.InstanceId, ticket => new Findings(ticket.InstanceId), StringComparer.Ordinal);
        var groups = tickets
            .SelectMany(ticket => ticket.Groups.Select(group => (group.Arn, Seat: new Seat(ticket, group.TargetIds))))
            .GroupBy(entry => entry.Arn, entry => entry.Seat, StringComparer.Ordinal);
        await Task.WhenAll(groups.Select(group => LookIntoAsync(group.Key, [.. group], findings, cancellation)));
        return findings;
    }

    private async Task LookIntoAsync(
        string groupArn, IReadOnlyList<Seat> seats, Dictionary<string, Findings> findings, CancellationToken cancellation)
    {
        try
        {
            var owners = new SeatOwners(seats);
            var registrations = await health.ReadAsync(groupArn, owners.OwnerOf, Urgency.Patient, cancellation);
            var confirmed = await WithoutForeignTargetsAsync(groupArn, registrations, seats, cancellation);
            await deregistrar.TakeOutAsync(groupArn, confirmed, findings, Urgency.Patient, cancellation);
        }
        catch (Exception exception)
        {
            foreach (var seat in seats) findings[seat.InstanceId].Add($"{groupArn}: {AwsErrors.Describe(exception)}");
            log.GroupUnknown(groupArn, AwsErrors.Describe(exception));
        }
    }

    /// <summary>
    /// What is registered again may serve again, or be another host's by now; and a ticket is only a message. It is taken
    /// out while a lifecycle action still waits for the instance, in a group within scope, and as what EC2 now calls the
    /// instance's own.
    /// </summary>
    private async Task<IReadOnlyList<Registration>> WithoutForeignTargetsAsync(
        string groupArn, IReadOnlyList<Registration> registrations, IReadOnlyList<Seat> seats, CancellationToken cancellation)
    {
        var doubtful = registrations.Where(IsRegistered).Select(registration => registration.InstanceId).Distinct().ToList();
        if (doubtful.Count == 0) return registrations;
        var tickets = seats.Select(seat => seat.Ticket).DistinctBy(ticket => ticket.InstanceId).Where(ticket => doubtful.Contains(ticket.InstanceId));
        var waiting = await Task.WhenAll(tickets.Select(async ticket => (ticket.InstanceId, Waits: await IsWaitingAsync(ticket, cancellation))));
        doubtful = [.. waiting.Where(one => one.Waits).Select(one => one.InstanceId)];
        var group = doubtful.Count == 0 ? null : await FindAsync(groupArn, cancellation);
        if (group is null && doubtful.Count > 0) log.GroupOutOfScope(groupArn, doubtful.Count);
        if (group is null) return [.. registrations.Where(registration => !IsRegistered(registration))];
        var owners = new TargetOwners(await lookup.FindAsync(doubtful, Urgency.Patient, cancellation), peeredVpcs);
        return [.. registrations.Where(registration =>
            !IsRegistered(registration) || owners.OwnerOf(group, registration.Target) == registration.InstanceId)];
    }

    /// <exception cref="IOException">Auto Scaling does not say.</exception>
    private async Task<bool> IsWaitingAsync(DrainTicket ticket, CancellationToken cancellation)
    {
        var beats = await Task.WhenAll(ticket.Actions.Select(action => lifecycle.HeartbeatAsync(action.Action, ticket.InstanceId, cancellation)));
        if (beats.Contains(HeartbeatResult.Recorded)) return true;
        return beats.Contains(HeartbeatResult.Failed)
            ? throw new IOException($"{ticket.InstanceId} is registered again, and Auto Scaling does not tell whether its lifecycle action still waits.")
            : false;
    }

    private async Task<TargetGroup?> FindAsync(string groupArn, CancellationToken cancellation)
    {
        await foreach (var page in catalog.PagesAsync(Urgency.Patient, cancellation))
            if (page.FirstOrDefault(group => group.TargetGroupArn == groupArn) is { } found) return found;
        return null;
    }

    private static bool IsRegistered(Registration registration) => registration.State == RegistrationState.Registered;

    /// <summary>The ids by which one instance was registered in a group.</summary>
    private sealed record Seat(DrainTicket Ticket, IReadOnlyList<string> TargetIds)
    {
        public string InstanceId => Ticket.InstanceId;
    }

    private sealed class SeatOwners(IReadOnlyList<Seat> seats)
    {
        private readonly HashSet<string> instanceIds = [.. seats.Select(seat => seat.InstanceId)];

        private readonly AddressIndex addresses = new(seats.Select(seat => new DyingInstance(
            seat.InstanceId, VpcId: null,
            [.. seat.TargetIds.Select(id => IPAddress.TryParse(id, out var address) ? address : null).OfType<IPAddress>().Select(AddressIndex.Single)])));

        public string? OwnerOf(TargetDescription target) =>
            instanceIds.TryGetValue(target.Id, out var id) ? id : addresses.OwnerOf(target.Id);
    }
}
