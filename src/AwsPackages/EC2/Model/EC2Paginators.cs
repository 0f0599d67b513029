using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.EC2.Model;

public partial interface IEC2PaginatorFactory
{
    [AWSPaginator(InputToken = ["NextToken"], LimitKey = "MaxResults", OutputToken = ["NextToken"])]
    IDescribeInstancesPaginator DescribeInstances(DescribeInstancesRequest request);
}

public partial interface IDescribeInstancesPaginator
{
    IPaginatedEnumerable<DescribeInstancesResponse> Responses { get; }

    IPaginatedEnumerable<Reservation> Reservations { get; }
}

internal sealed class EC2Paginators(IAmazonEC2 client) : IEC2PaginatorFactory
{
    public IDescribeInstancesPaginator DescribeInstances(DescribeInstancesRequest request) => new DescribeInstancesPaginator(client, request);

    private sealed class DescribeInstancesPaginator(IAmazonEC2 client, DescribeInstancesRequest request) : IDescribeInstancesPaginator
    {
        private readonly Pages<DescribeInstancesRequest, DescribeInstancesResponse> _pages =
            new(request, client.DescribeInstancesAsync, static r => r.NextToken, static (r, token) => r.NextToken = token);

        public IPaginatedEnumerable<DescribeInstancesResponse> Responses => _pages.Responses;

        public IPaginatedEnumerable<Reservation> Reservations => _pages.Items(static r => r.Reservations);
    }
}
