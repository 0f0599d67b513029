using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling
{
    public partial interface IAmazonAutoScaling
    {
        Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(DescribeAutoScalingGroupsRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonAutoScalingClient
    {
        public virtual Task<DescribeAutoScalingGroupsResponse> DescribeAutoScalingGroupsAsync(DescribeAutoScalingGroupsRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DescribeAutoScalingGroupsResponse>(request, DescribeAutoScalingGroups.Operation, cancellationToken);
    }

    internal static class DescribeAutoScalingGroups
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DescribeAutoScalingGroupsRequest, DescribeAutoScalingGroupsResponse>(
            AmazonAutoScalingConfig.Traits, nameof(DescribeAutoScalingGroups),
            static (form, request) =>
            {
                form.Add("MaxRecords", request.MaxRecords);
                form.Add("NextToken", request.NextToken);
            },
            static (xml, response) =>
            {
                switch (xml.Name)
                {
                    case "AutoScalingGroups": response.AutoScalingGroups = xml.List<AutoScalingGroup>(Group); break;
                    case "NextToken": response.NextToken = xml.Text(); break;
                }
            });

        private static void Group(XmlFields xml, AutoScalingGroup group)
        {
            switch (xml.Name)
            {
                case "AutoScalingGroupName": group.AutoScalingGroupName = xml.Text(); break;
                case "Instances": group.Instances = xml.List<Instance>(Member); break;
                case "Tags": group.Tags = xml.List<TagDescription>(Tag); break;
                case "TargetGroupARNs": group.TargetGroupARNs = xml.List(static item => item.Text()); break;
            }
        }

        private static void Member(XmlFields xml, Instance instance)
        {
            switch (xml.Name)
            {
                case "InstanceId": instance.InstanceId = xml.Text(); break;
                case "LifecycleState": instance.LifecycleState = xml.Text(); break;
            }
        }

        private static void Tag(XmlFields xml, TagDescription tag)
        {
            switch (xml.Name)
            {
                case "Key": tag.Key = xml.Text(); break;
                case "Value": tag.Value = xml.Text(); break;
            }
        }
    }
}

namespace Amazon.AutoScaling.Model
{
    public class DescribeAutoScalingGroupsRequest : AmazonAutoScalingRequest
    {
        public int? MaxRecords { get; set; }

        public string NextToken { get; set; }
    }

    public class DescribeAutoScalingGroupsResponse : AmazonWebServiceResponse
    {
        public List<AutoScalingGroup> AutoScalingGroups { get; set; }

        public string NextToken { get; set; }
    }

    public class AutoScalingGroup
    {
        public string AutoScalingGroupName { get; set; }

        public List<Instance> Instances { get; set; }

        public List<TagDescription> Tags { get; set; }

        public List<string> TargetGroupARNs { get; set; }
    }

    public class Instance
    {
        public string InstanceId { get; set; }

        public string LifecycleState { get; set; }
    }

    public class TagDescription
    {
        public string Key { get; set; }

        public string Value { get; set; }
    }
}
