using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace TargetDrain.Reconcile;

/// <summary>Asks EC2 which addresses of a VPC some network interface holds: an instance's, a task's, a load balancer's, anybody's.</summary>
internal sealed class AddressHolders(IAmazonEC2 ec2, AwsApi api)
{
    // EC2 takes at most this many values in one filter.
    private const int MostFilterValues = 200;
    private const int PageSize = 1000;

    /// <returns>Those that no network interface of the VPC holds at this moment.</returns>
    public async Task<IReadOnlySet<IPAddress>> FreeAsync(string vpcId, IReadOnlyCollection<IPAddress> addresses, CancellationToken cancellation)
    {
        var free = addresses.ToHashSet();
        foreach (var family in addresses.GroupBy(address => address.AddressFamily))
        {
            var name = family.Key == AddressFamily.InterNetwork ? "addresses.private-ip-address" : "ipv6-addresses.ipv6-address";
            foreach (var some in family.Chunk(MostFilterValues))
                await foreach (var page in DescribeAsync(vpcId, [new Filter(name, [.. some.Select(address => address.ToString())])], cancellation))
                    free.ExceptWith((page.NetworkInterfaces ?? []).SelectMany(AddressesOf));
        }
        // No filter asks for prefixes, which interfaces hold for the pods of a node: every interface of the VPC is asked for.
        if (free.Count > 0)
            await foreach (var page in DescribeAsync(vpcId, [], cancellation))
            {
                var prefixes = (page.NetworkInterfaces ?? []).SelectMany(PrefixesOf).ToList();
                free.RemoveWhere(address => prefixes.Exists(prefix => prefix.Contains(address)));
            }
        return free;
    }

    /// <returns>The VPC's address ranges where the VPC is the account's own; nothing otherwise, since in somebody else's not every interface is told.</returns>
    public async Task<IReadOnlyList<IPNetwork>> RangesOfAsync(string vpcId, string? account, CancellationToken cancellation)
    {
        var request = new DescribeVpcsRequest { Filters = [new Filter("vpc-id", [vpcId])] };
        var answer = await api.CallAsync("DescribeVpcs", Urgency.Patient, stop => ec2.DescribeVpcsAsync(request, stop), cancellation);
        return answer.Vpcs is [var vpc] && (account is null || vpc.OwnerId == account)
            ? Networks([
                vpc.CidrBlock, .. (vpc.CidrBlockAssociationSet ?? []).Select(range => range.CidrBlock),
                .. (vpc.Ipv6CidrBlockAssociationSet ?? []).Select(range => range.Ipv6CidrBlock)])
            : [];
    }

    private IAsyncEnumerable<DescribeNetworkInterfacesResponse> DescribeAsync(string vpcId, Filter[] filters, CancellationToken cancellation) => api.PagesAsync(
        "DescribeNetworkInterfaces", Urgency.Patient,
        (token, stop) => ec2.DescribeNetworkInterfacesAsync(
            new() { Filters = [new Filter("vpc-id", [vpcId]), .. filters], MaxResults = PageSize, NextToken = token }, stop),
        page => page.NextToken, cancellation);

    private static IEnumerable<IPAddress> AddressesOf(NetworkInterface card) =>
        (card.PrivateIpAddresses ?? []).Select(address => address.PrivateIpAddress)
        .Concat((card.Ipv6Addresses ?? []).Select(address => address.Ipv6Address))
        .Append(card.PrivateIpAddress)
        .Select(text => IPAddress.TryParse(text, out var address) ? address : null).OfType<IPAddress>();

    private static IReadOnlyList<IPNetwork> PrefixesOf(NetworkInterface card) => Networks([
        .. (card.Ipv4Prefixes ?? []).Select(prefix => prefix.Ipv4Prefix), .. (card.Ipv6Prefixes ?? []).Select(prefix => prefix.Ipv6Prefix)]);

    private static IReadOnlyList<IPNetwork> Networks(IEnumerable<string?> texts) =>
        [.. texts.Where(text => IPNetwork.TryParse(text, out _)).Select(text => IPNetwork.Parse(text!))];
}
