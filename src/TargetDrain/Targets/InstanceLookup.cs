using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using TargetDrain.Calls;

namespace TargetDrain.Targets;

/// <summary>Asks EC2 where instances live: VPC and every private address, prefixes included.</summary>
internal sealed class InstanceLookup(IAmazonEC2 ec2, AwsApi api, TimeProvider clock)
{
    // EC2 takes at most this many values in one filter.
    private const int MostFilterValues = 200;

    /// <summary>
    /// Describes each asked instance, or says why not. A filter, unlike a list of ids, passes over unknown instances
    /// without an error.
    /// </summary>
    public async Task<InstanceAnswers> FindAsync(IReadOnlyCollection<string> instanceIds, Urgency urgency, CancellationToken cancellation)
    {
        var asked = clock.GetUtcNow();
        var answers = await Task.WhenAll(instanceIds.Chunk(MostFilterValues).Select(ids => DescribeAsync(ids, urgency, cancellation)));
        return new InstanceAnswers(
            asked,
            answers.SelectMany(answer => answer.Instances).ToDictionary(instance => instance.InstanceId, StringComparer.Ordinal),
            answers.SelectMany(answer => answer.Problems).ToDictionary(problem => problem.InstanceId, problem => problem.Problem, StringComparer.Ordinal));
    }

    private async Task<(IEnumerable<InstanceDescription> Instances, IEnumerable<(string InstanceId, string Problem)> Problems)> DescribeAsync(
        string[] ids, Urgency urgency, CancellationToken cancellation)
    {
        try
        {
            var found = (await DescribePagesAsync(ids, urgency, cancellation)).ToDictionary(instance => instance.InstanceId, StringComparer.Ordinal);
            return (ids.Select(id => found.GetValueOrDefault(id) ?? InstanceDescription.Unknown(id)), []);
        }
        catch (Exception exception)
        {
            var problem = $"DescribeInstances: {AwsErrors.Describe(exception)}";
            return (ids.Select(InstanceDescription.Unknown), ids.Select(id => (id, problem)));
        }
    }

    private async Task<List<InstanceDescription>> DescribePagesAsync(string[] ids, Urgency urgency, CancellationToken cancellation)
    {
        var instances = new List<InstanceDescription>(ids.Length);
        string? token = null;
        do
        {
            var request = new DescribeInstancesRequest
            {
                Filters = [new Filter { Name = "instance-id", Values = [.. ids] }],
                MaxResults = 1000,
                NextToken = token,
            };
            var page = await api.CallAsync("DescribeInstances", urgency, stop => ec2.DescribeInstancesAsync(request, stop), cancellation);
            foreach (var reservation in page.Reservations ?? [])
                instances.AddRange((reservation.Instances ?? []).Select(Read));
            token = page.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return instances;
    }

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
            instance.InstanceId, instance.State?.Name?.Value, string.IsNullOrEmpty(instance.VpcId) ? null : instance.VpcId, [.. addresses]);
    }

    private static void Add(HashSet<IPNetwork> addresses, string? text)
    {
        if (string.IsNullOrEmpty(text)) return;
        if (IPNetwork.TryParse(text, out var prefix)) addresses.Add(prefix);
        else if (IPAddress.TryParse(text, out var address)) addresses.Add(AddressIndex.Single(address));
    }
}

/// <param name="AskedAt">What was true then; the answer is no younger.</param>
/// <param name="Instances">One for each asked id.</param>
/// <param name="Problems">Why EC2 did not describe an instance, by id.</param>
internal sealed record InstanceAnswers(
    DateTimeOffset AskedAt, IReadOnlyDictionary<string, InstanceDescription> Instances, IReadOnlyDictionary<string, string> Problems);
