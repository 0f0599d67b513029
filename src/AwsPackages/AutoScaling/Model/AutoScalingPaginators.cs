using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling.Model;

public partial interface IAutoScalingPaginatorFactory
{
    [AWSPaginator(InputToken = ["NextToken"], LimitKey = "MaxRecords", OutputToken = ["NextToken"])]
    IDescribeAutoScalingInstancesPaginator DescribeAutoScalingInstances(DescribeAutoScalingInstancesRequest request);
}

public partial interface IDescribeAutoScalingInstancesPaginator
{
    IPaginatedEnumerable<DescribeAutoScalingInstancesResponse> Responses { get; }

    IPaginatedEnumerable<AutoScalingInstanceDetails> AutoScalingInstances { get; }
}

internal sealed class AutoScalingPaginators(IAmazonAutoScaling client) : IAutoScalingPaginatorFactory
{
    public IDescribeAutoScalingInstancesPaginator DescribeAutoScalingInstances(DescribeAutoScalingInstancesRequest request) => new DescribeAutoScalingInstancesPaginator(client, request);

    private sealed class DescribeAutoScalingInstancesPaginator(IAmazonAutoScaling client, DescribeAutoScalingInstancesRequest request) : IDescribeAutoScalingInstancesPaginator
    {
        private readonly Pages<DescribeAutoScalingInstancesRequest, DescribeAutoScalingInstancesResponse> _pages =
            new(request, client.DescribeAutoScalingInstancesAsync, static r => r.NextToken, static (r, token) => r.NextToken = token);

        public IPaginatedEnumerable<DescribeAutoScalingInstancesResponse> Responses => _pages.Responses;

        public IPaginatedEnumerable<AutoScalingInstanceDetails> AutoScalingInstances => _pages.Items(static r => r.AutoScalingInstances);
    }
}
