using Amazon.AutoScaling.Model;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling;

/// <summary>What the command line does with groups and their hooks; the function needs none of it.</summary>
internal static class GroupOperations
{
    public static readonly InvokeOptions DescribeAutoScalingGroups = AutoScalingOperations.Define<DescribeAutoScalingGroupsRequest, DescribeAutoScalingGroupsResponse>(
        nameof(DescribeAutoScalingGroups),
        static (form, request) =>
        {
            form.Add("AutoScalingGroupNames", request.AutoScalingGroupNames);
            form.Add("MaxRecords", request.MaxRecords);
            form.Add("NextToken", request.NextToken);
        },
        static (xml, response) =>
        {
            if (xml.Name == "AutoScalingGroups") response.AutoScalingGroups = xml.List("member", Group) ?? response.AutoScalingGroups;
            else if (xml.Name == "NextToken") response.NextToken = xml.Text();
        });

    public static readonly InvokeOptions PutLifecycleHook = AutoScalingOperations.Define<PutLifecycleHookRequest, PutLifecycleHookResponse>(
        nameof(PutLifecycleHook),
        static (form, request) =>
        {
            form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            form.Add("DefaultResult", request.DefaultResult);
            form.Add("HeartbeatTimeout", request.HeartbeatTimeout);
            form.Add("LifecycleHookName", request.LifecycleHookName);
            form.Add("LifecycleTransition", request.LifecycleTransition);
        },
        static (_, _) => { });

    public static readonly InvokeOptions DeleteLifecycleHook = AutoScalingOperations.Define<DeleteLifecycleHookRequest, DeleteLifecycleHookResponse>(
        nameof(DeleteLifecycleHook),
        static (form, request) =>
        {
            form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            form.Add("LifecycleHookName", request.LifecycleHookName);
        },
        static (_, _) => { });

    private static AutoScalingGroup Group(XmlFields xml) => xml.Object<AutoScalingGroup>(static (x, group) =>
    {
        switch (x.Name)
        {
            case "AutoScalingGroupName": group.AutoScalingGroupName = x.Text(); break;
            case "Instances": group.Instances = x.List("member", Member) ?? group.Instances; break;
            case "Tags": group.Tags = x.List("member", Tag) ?? group.Tags; break;
            case "TargetGroupARNs": group.TargetGroupARNs = x.List("member", static item => item.Text()) ?? group.TargetGroupARNs; break;
        }
    });

    private static Instance Member(XmlFields xml) => xml.Object<Instance>(static (x, instance) =>
    {
        switch (x.Name)
        {
            case "InstanceId": instance.InstanceId = x.Text(); break;
            case "LifecycleState": instance.LifecycleState = x.Text(); break;
        }
    });

    private static TagDescription Tag(XmlFields xml) => xml.Object<TagDescription>(static (x, tag) =>
    {
        switch (x.Name)
        {
            case "Key": tag.Key = x.Text(); break;
            case "Value": tag.Value = x.Text(); break;
        }
    });
}
