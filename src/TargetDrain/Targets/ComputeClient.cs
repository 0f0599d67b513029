using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.EC2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace TargetDrain.Targets;

/// <summary>
/// EC2, except that <see cref="Instance.InstanceType"/> stays null: nothing here asks for it. The first constant of a kind in an answer
/// makes the SDK read all constants of that kind by reflection, and there are over a thousand instance types, which took a third of a
/// cold start.
/// </summary>
internal sealed class ComputeClient(AmazonEC2Config config) : AmazonEC2Client(config)
{
    private static readonly InvokeOptions Describe = new()
    {
        RequestMarshaller = DescribeInstancesRequestMarshaller.Instance,
        ResponseUnmarshaller = new InstancesReader(),
    };

    public override Task<DescribeInstancesResponse> DescribeInstancesAsync(
        DescribeInstancesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeInstancesResponse>(request, Describe, cancellationToken);

    private sealed class InstancesReader : DescribeInstancesResponseUnmarshaller
    {
        protected override UnmarshallerContext ConstructUnmarshallerContext(
            Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) =>
            new Elements(responseStream, maintainResponseBody, response, isException);
    }

    /// <summary>The SDK's reader asks "are you this element?" and passes over an element that is none it knows.</summary>
    private sealed class Elements(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException)
        : EC2UnmarshallerContext(responseStream, maintainResponseBody, response, isException)
    {
        public override bool TestExpression(string expression, int startingStackDepth) =>
            expression != "instanceType" && base.TestExpression(expression, startingStackDepth);
    }
}
