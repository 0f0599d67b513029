using System.Threading.Channels;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;

namespace TargetDrain.Targets;

/// <summary>Lists the account's target groups that are in scope, anew each time: a group may be a second old.</summary>
internal sealed class TargetGroupCatalog(IAmazonElasticLoadBalancingV2 elb, AwsApi api, TargetGroupScope scope)
{
    private const int PageSize = 400;
    private const int MostTagArns = 20;

    /// <summary>
    /// Begins to list at once, before anybody reads. Hands over each page as soon as it is there, so that the first groups are looked
    /// into while the rest is listed. An error ends the pages.
    /// </summary>
    public IAsyncEnumerable<IReadOnlyList<TargetGroup>> ListAsync(Urgency urgency, CancellationToken cancellation)
    {
        // Whoever reads goes on where a page is written: there is nothing to be gained by another thread.
        var pages = Channel.CreateUnbounded<IReadOnlyList<TargetGroup>>(
            new UnboundedChannelOptions { AllowSynchronousContinuations = true, SingleReader = true, SingleWriter = true });
        _ = FillAsync(pages.Writer, urgency, cancellation);
        return pages.Reader.ReadAllAsync(CancellationToken.None);
    }

    private async Task FillAsync(ChannelWriter<IReadOnlyList<TargetGroup>> pages, Urgency urgency, CancellationToken cancellation)
    {
        try
        {
            var answers = api.PagesAsync(
                "DescribeTargetGroups", urgency,
                (marker, stop) => elb.DescribeTargetGroupsAsync(new DescribeTargetGroupsRequest { PageSize = PageSize, Marker = marker }, stop),
                answer => answer.NextMarker, cancellation);
            await foreach (var answer in answers) pages.TryWrite(await CoveredAsync(answer.TargetGroups ?? [], urgency, cancellation));
            pages.Complete();
        }
        catch (Exception exception)
        {
            pages.Complete(exception);
        }
    }

    private async Task<IReadOnlyList<TargetGroup>> CoveredAsync(
        List<TargetGroup> page, Urgency urgency, CancellationToken cancellation)
    {
        var named = page.FindAll(group => group.TargetType?.Value is "instance" or "ip" && scope.CoversByName(group));
        if (!scope.NeedsTags) return named;
        var tags = await Task.WhenAll(named.Chunk(MostTagArns).Select(groups => TagsAsync(groups, urgency, cancellation)));
        var covered = tags.SelectMany(descriptions => descriptions)
            .Where(description => scope.CoversByTag(description.Tags ?? []))
            .Select(description => description.ResourceArn)
            .ToHashSet(StringComparer.Ordinal);
        return named.FindAll(group => covered.Contains(group.TargetGroupArn));
    }

    private async Task<List<TagDescription>> TagsAsync(TargetGroup[] groups, Urgency urgency, CancellationToken cancellation)
    {
        var request = new DescribeTagsRequest { ResourceArns = [.. groups.Select(group => group.TargetGroupArn)] };
        try
        {
            var answer = await api.CallAsync("DescribeTags", urgency, stop => elb.DescribeTagsAsync(request, stop), cancellation);
            return answer.TagDescriptions ?? [];
        }
        catch (Exception exception) when (AwsErrors.IsGroupGone(exception))
        {
            // One deleted group fails the whole call: ask for each of the others alone.
            if (groups.Length == 1) return [];
            var each = await Task.WhenAll(groups.Select(group => TagsAsync([group], urgency, cancellation)));
            return [.. each.SelectMany(descriptions => descriptions)];
        }
    }
}
