using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2
{
    public partial interface IAmazonElasticLoadBalancingV2
    {
        Task<DescribeTagsResponse> DescribeTagsAsync(DescribeTagsRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonElasticLoadBalancingV2Client
    {
        public virtual Task<DescribeTagsResponse> DescribeTagsAsync(DescribeTagsRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DescribeTagsResponse>(request, DescribeTags.Operation, cancellationToken);
    }

    internal static class DescribeTags
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DescribeTagsRequest, DescribeTagsResponse>(
            AmazonElasticLoadBalancingV2Config.Traits, nameof(DescribeTags),
            static (form, request) => form.Add("ResourceArns", request.ResourceArns),
            static (xml, response) =>
            {
                if (xml.Name == "TagDescriptions") response.TagDescriptions = xml.List<TagDescription>(Description);
            });

        private static void Description(XmlFields xml, TagDescription description)
        {
            switch (xml.Name)
            {
                case "ResourceArn": description.ResourceArn = xml.Text(); break;
                case "Tags": description.Tags = xml.List<Tag>(Tag); break;
            }
        }

        private static void Tag(XmlFields xml, Tag tag)
        {
            switch (xml.Name)
            {
                case "Key": tag.Key = xml.Text(); break;
                case "Value": tag.Value = xml.Text(); break;
            }
        }
    }
}

namespace Amazon.ElasticLoadBalancingV2.Model
{
    public class DescribeTagsRequest : AmazonElasticLoadBalancingV2Request
    {
        public List<string> ResourceArns { get; set; }
    }

    public class DescribeTagsResponse : AmazonWebServiceResponse
    {
        public List<TagDescription> TagDescriptions { get; set; }
    }

    public class TagDescription
    {
        public string ResourceArn { get; set; }

        public List<Tag> Tags { get; set; }
    }

    public class Tag
    {
        public string Key { get; set; }

        public string Value { get; set; }
    }
}
