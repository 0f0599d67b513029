using System.Net;
using Amazon.ElasticLoadBalancingV2.Model;
using Microsoft.Extensions.Logging;
using TargetDrain.Calls;
using TargetDrain.Queue;
using TargetDrain.Telemetry;

namespace TargetDrain.Targets;

/// <summary>
/// Looks again at the groups that tickets name, one look per group for all tickets together. What was registered anew
/// is taken out anew.
/// </summary>
internal sealed class TargetCheck(InstanceLookup lookup, TargetHealthReader health, Deregistrar deregistrar, ILogger log)
{
    public async Task<IReadOnlyDictionary<string, Findings>> RunAsync(
        IReadOnlyCollection<DrainTicket> tickets, CancellationToken cancellation)
    {
        var findings = tickets.ToDictionary(ticket => ticket.InstanceId, ticket => new Findings(ticket.InstanceId), StringComparer.Ordinal);
        var groups = tickets
            .SelectMany(ticket => ticket.Groups.Select(group => (group.Arn, Seat: new Seat(ticket.InstanceId, group.TargetIds))))
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
            var confirmed = await WithoutForeignAddressesAsync(registrations, cancellation);
            await deregistrar.TakeOutAsync(groupArn, confirmed, findings, Urgency.Patient, cancellation);
        }
        catch (Exception exception)
        {
            foreach (var seat in seats) findings[seat.InstanceId].Add($"{groupArn}: {AwsErrors.Describe(exception)}");
            log.GroupUnknown(groupArn, AwsErrors.Describe(exception));
        }
    }

    /// <summary>
    /// An address that is registered again may by now belong to another host: only what EC2 still calls the
    /// instance's own is taken out.
    /// </summary>
    private async Task<IReadOnlyList<Registration>> WithoutForeignAddressesAsync(
        IReadOnlyList<Registration> registrations, CancellationToken cancellation)
    {
        var doubtful = registrations.Where(IsRegisteredAddress).Select(registration => registration.InstanceId).Distinct().ToList();
        if (doubtful.Count == 0) return registrations;
        var instances = await lookup.FindAsync(doubtful, Urgency.Patient, cancellation);
        var addresses = new AddressIndex(instances);
        return [.. registrations.Where(registration =>
            !IsRegisteredAddress(registration) || addresses.OwnerOf(registration.Target.Id) == registration.InstanceId)];
    }

    private static bool IsRegisteredAddress(Registration registration) =>
        registration.State == RegistrationState.Registered && registration.Target.Id != registration.InstanceId;

    /// <summary>The ids by which one instance was registered in a group.</summary>
    private sealed record Seat(string InstanceId, IReadOnlyList<string> TargetIds);

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
