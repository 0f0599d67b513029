using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling
{
    public partial interface IAmazonAutoScaling
    {
        Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(DescribeAutoScalingInstancesRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonAutoScalingClient
    {
        public virtual Task<DescribeAutoScalingInstancesResponse> DescribeAutoScalingInstancesAsync(DescribeAutoScalingInstancesRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DescribeAutoScalingInstancesResponse>(request, DescribeAutoScalingInstances.Operation, cancellationToken);
    }

    internal static class DescribeAutoScalingInstances
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DescribeAutoScalingInstancesRequest, DescribeAutoScalingInstancesResponse>(
            AmazonAutoScalingConfig.Traits, nameof(DescribeAutoScalingInstances),
            static (form, request) =>
            {
                form.Add("InstanceIds", request.InstanceIds);
                form.Add("MaxRecords", request.MaxRecords);
                form.Add("NextToken", request.NextToken);
            },
            static (xml, response) =>
            {
                switch (xml.Name)
                {
                    case "AutoScalingInstances": response.AutoScalingInstances = xml.List<AutoScalingInstanceDetails>(Instance); break;
                    case "NextToken": response.NextToken = xml.Text(); break;
                }
            });

        private static void Instance(XmlFields xml, AutoScalingInstanceDetails instance)
        {
            switch (xml.Name)
            {
                case "AutoScalingGroupName": instance.AutoScalingGroupName = xml.Text(); break;
                case "InstanceId": instance.InstanceId = xml.Text(); break;
                case "LifecycleState": instance.LifecycleState = xml.Text(); break;
            }
        }
    }
}

namespace Amazon.AutoScaling.Model
{
    public class DescribeAutoScalingInstancesRequest : AmazonAutoScalingRequest
    {
        public List<string> InstanceIds { get; set; }

        public int? MaxRecords { get; set; }

        public string NextToken { get; set; }
    }

    public class DescribeAutoScalingInstancesResponse : AmazonWebServiceResponse
    {
        public List<AutoScalingInstanceDetails> AutoScalingInstances { get; set; }

        public string NextToken { get; set; }
    }

    public class AutoScalingInstanceDetails
    {
        public string AutoScalingGroupName { get; set; }

        public string InstanceId { get; set; }

        public string LifecycleState { get; set; }
    }
}
