using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.ElasticLoadBalancingV2.Model;

public partial class DescribeTagsRequest : AmazonElasticLoadBalancingV2Request
{
    [AWSProperty(Required = true)]
    public List<string> ResourceArns { get; set; } = Unset.List<string>();
}

public partial class DescribeTagsResponse : AmazonWebServiceResponse
{
    public List<TagDescription> TagDescriptions { get; set; } = Unset.List<TagDescription>();
}

public partial class TagDescription
{
    public string ResourceArn { get; set; }

    public List<Tag> Tags { get; set; } = Unset.List<Tag>();
}

public partial class Tag
{
    [AWSProperty(Required = true)]
    public string Key { get; set; }

    public string Value { get; set; }
}
