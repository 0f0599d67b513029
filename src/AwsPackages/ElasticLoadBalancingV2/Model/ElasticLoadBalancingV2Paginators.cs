using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2.Model;

public partial interface IElasticLoadBalancingV2PaginatorFactory
{
    [AWSPaginator(InputToken = ["Marker"], LimitKey = "PageSize", OutputToken = ["NextMarker"])]
    IDescribeTargetGroupsPaginator DescribeTargetGroups(DescribeTargetGroupsRequest request);
}

public partial interface IDescribeTargetGroupsPaginator
{
    IPaginatedEnumerable<DescribeTargetGroupsResponse> Responses { get; }

    IPaginatedEnumerable<TargetGroup> TargetGroups { get; }
}

internal sealed class ElasticLoadBalancingV2Paginators(IAmazonElasticLoadBalancingV2 client) : IElasticLoadBalancingV2PaginatorFactory
{
    public IDescribeTargetGroupsPaginator DescribeTargetGroups(DescribeTargetGroupsRequest request) => new DescribeTargetGroupsPaginator(client, request);

    private sealed class DescribeTargetGroupsPaginator(IAmazonElasticLoadBalancingV2 client, DescribeTargetGroupsRequest request) : IDescribeTargetGroupsPaginator
    {
        private readonly Pages<DescribeTargetGroupsRequest, DescribeTargetGroupsResponse> _pages =
            new(request, client.DescribeTargetGroupsAsync, static r => r.NextMarker, static (r, token) => r.Marker = token);

        public IPaginatedEnumerable<DescribeTargetGroupsResponse> Responses => _pages.Responses;

        public IPaginatedEnumerable<TargetGroup> TargetGroups => _pages.Items(static r => r.TargetGroups);
    }
}
