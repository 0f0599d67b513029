using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace TargetDrain.Targets;

/// <summary>Asks EC2 where instances live: VPC and every private address, prefixes included.</summary>
internal sealed class InstanceLookup(IAmazonEC2 ec2, AwsApi api)
{
    // EC2 takes at most this many values in one filter.
    private const int MostFilterValues = 200;
    private const int PageSize = 1000;

    /// <summary>
    /// Describes each asked instance, or says why not. A filter, unlike a list of ids, passes over unknown instances without an error.
    /// </summary>
    public async Task<InstanceAnswers> FindAsync(IReadOnlyCollection<string> instanceIds, Urgency urgency, CancellationToken cancellation)
    {
        var found = new ConcurrentDictionary<string, InstanceDescription>(StringComparer.Ordinal);
        var problems = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in instanceIds) found[id] = InstanceDescription.Unknown(id);
        await Task.WhenAll(instanceIds.Chunk(MostFilterValues).Select(async ids =>
        {
            try
            {
                await foreach (var page in DescribeAsync(ids, urgency, cancellation))
                    foreach (var instance in (page.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? [])) found[instance.InstanceId] = Read(instance);
            }
            catch (Exception exception)
            {
                foreach (var id in ids) problems[id] = $"DescribeInstances: {AwsErrors.Describe(exception)}";
            }
        }));
        return new InstanceAnswers(found, problems);
    }

    private IAsyncEnumerable<DescribeInstancesResponse> DescribeAsync(string[] ids, Urgency urgency, CancellationToken cancellation) => api.PagesAsync(
        "DescribeInstances", urgency,
        (token, stop) => ec2.DescribeInstancesAsync(
            new() { Filters = [new Filter("instance-id", [.. ids])], MaxResults = PageSize, NextToken = token }, stop),
        page => page.NextToken, cancellation);

    private static InstanceDescription Read(Instance instance)
    {
        var addresses = new HashSet<IPNetwork>();
        var isDying = instance.State?.Name?.Value is "shutting-down" or "terminated";
        Add(addresses, instance.PrivateIpAddress);
        foreach (var card in instance.NetworkInterfaces ?? [])
        {
            // One that is moved away takes its addresses to another host; one that goes down with its instance does not.
            if (card.Attachment?.Status?.Value is "detached" || (card.Attachment?.Status?.Value is "detaching" && !isDying)) continue;
            Add(addresses, card.PrivateIpAddress);
            foreach (var address in card.PrivateIpAddresses ?? []) Add(addresses, address.PrivateIpAddress);
            foreach (var address in card.Ipv6Addresses ?? []) Add(addresses, address.Ipv6Address);
            foreach (var prefix in card.Ipv4Prefixes ?? []) Add(addresses, prefix.Ipv4Prefix);
            foreach (var prefix in card.Ipv6Prefixes ?? []) Add(addresses, prefix.Ipv6Prefix);
        }
        return new InstanceDescription(
            instance.InstanceId, instance.State?.Name?.Value, string.IsNullOrEmpty(instance.VpcId) ? null : instance.VpcId, [.. addresses])
        {
            Tags = instance.Tags ?? [],
        };
    }

    private static void Add(HashSet<IPNetwork> addresses, string? text)
    {
        if (IPNetwork.TryParse(text, out var prefix)) addresses.Add(prefix);
        else if (IPAddress.TryParse(text, out var address)) addresses.Add(AddressIndex.Single(address));
    }
}

/// <param name="Instances">One for each asked id.</param>
/// <param name="Problems">Why EC2 did not describe an instance, by id.</param>
internal sealed record InstanceAnswers(
    IReadOnlyDictionary<string, InstanceDescription> Instances, IReadOnlyDictionary<string, string> Problems);

/// <summary>What EC2 says of an instance: where it lives, and every address a target could name it by.</summary>
/// <param name="State">pending, running, stopping, stopped, shutting-down or terminated; null when EC2 does not know it.</param>
/// <param name="VpcId">Null when EC2 no longer says.</param>
/// <param name="Addresses">Single private addresses as /32 and /128, delegated prefixes as they are.</param>
internal sealed record InstanceDescription(string InstanceId, string? State, string? VpcId, IReadOnlyList<IPNetwork> Addresses)
{
    /// <summary>None where EC2 does not know it.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>An instance that EC2 does not know, or did not describe: only its instance targets can be found.</summary>
    public static InstanceDescription Unknown(string instanceId) => new(instanceId, null, null, []);
}
