using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling;

/// <summary>Each operation's request members, answer fields and declared errors.</summary>
internal static class AutoScalingOperations
{
    private static readonly KnownError ResourceContention = new("ResourceContention", static (m, e, t, c, r, s) => new ResourceContentionException(m, e, t, c, r, s));
    private static readonly KnownError InvalidNextToken = new("InvalidNextToken", static (m, e, t, c, r, s) => new InvalidNextTokenException(m, e, t, c, r, s));

    public static readonly InvokeOptions CompleteLifecycleAction = Define<CompleteLifecycleActionRequest, CompleteLifecycleActionResponse>(
        nameof(CompleteLifecycleAction),
        static (form, request) =>
        {
            form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            form.Add("InstanceId", request.InstanceId);
            form.Add("LifecycleActionResult", request.LifecycleActionResult);
            form.Add("LifecycleActionToken", request.LifecycleActionToken);
            form.Add("LifecycleHookName", request.LifecycleHookName);
        },
        static (_, _) => { },
        ResourceContention);

    public static readonly InvokeOptions RecordLifecycleActionHeartbeat = Define<RecordLifecycleActionHeartbeatRequest, RecordLifecycleActionHeartbeatResponse>(
        nameof(RecordLifecycleActionHeartbeat),
        static (form, request) =>
        {
            form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            form.Add("InstanceId", request.InstanceId);
            form.Add("LifecycleActionToken", request.LifecycleActionToken);
            form.Add("LifecycleHookName", request.LifecycleHookName);
        },
        static (_, _) => { },
        ResourceContention);

    public static readonly InvokeOptions DescribeLifecycleHooks = Define<DescribeLifecycleHooksRequest, DescribeLifecycleHooksResponse>(
        nameof(DescribeLifecycleHooks),
        static (form, request) =>
        {
            form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
            form.Add("LifecycleHookNames", request.LifecycleHookNames);
        },
        static (xml, response) =>
        {
            if (xml.Name == "LifecycleHooks") response.LifecycleHooks = xml.List("member", Hook) ?? response.LifecycleHooks;
        },
        ResourceContention);

    public static readonly InvokeOptions DescribeAutoScalingInstances = Define<DescribeAutoScalingInstancesRequest, DescribeAutoScalingInstancesResponse>(
        nameof(DescribeAutoScalingInstances),
        static (form, request) =>
        {
            form.Add("InstanceIds", request.InstanceIds);
            form.Add("MaxRecords", request.MaxRecords);
            form.Add("NextToken", request.NextToken);
        },
        static (xml, response) =>
        {
            if (xml.Name == "AutoScalingInstances") response.AutoScalingInstances = xml.List("member", Instance) ?? response.AutoScalingInstances;
            else if (xml.Name == "NextToken") response.NextToken = xml.Text();
        },
        InvalidNextToken, ResourceContention);

    private static LifecycleHook Hook(XmlFields xml) => xml.Object<LifecycleHook>(static (x, hook) =>
    {
        switch (x.Name)
        {
            case "AutoScalingGroupName": hook.AutoScalingGroupName = x.Text(); break;
            case "DefaultResult": hook.DefaultResult = x.Text(); break;
            case "GlobalTimeout": hook.GlobalTimeout = x.Int(); break;
            case "HeartbeatTimeout": hook.HeartbeatTimeout = x.Int(); break;
            case "LifecycleHookName": hook.LifecycleHookName = x.Text(); break;
            case "LifecycleTransition": hook.LifecycleTransition = x.Text(); break;
            case "NotificationMetadata": hook.NotificationMetadata = x.Text(); break;
            case "NotificationTargetARN": hook.NotificationTargetARN = x.Text(); break;
            case "RoleARN": hook.RoleARN = x.Text(); break;
        }
    });

    private static AutoScalingInstanceDetails Instance(XmlFields xml) => xml.Object<AutoScalingInstanceDetails>(static (x, instance) =>
    {
        switch (x.Name)
        {
            case "AutoScalingGroupName": instance.AutoScalingGroupName = x.Text(); break;
            case "AvailabilityZone": instance.AvailabilityZone = x.Text(); break;
            case "HealthStatus": instance.HealthStatus = x.Text(); break;
            case "InstanceId": instance.InstanceId = x.Text(); break;
            case "InstanceType": instance.InstanceType = x.Text(); break;
            case "LaunchConfigurationName": instance.LaunchConfigurationName = x.Text(); break;
            case "LaunchTemplate": instance.LaunchTemplate = x.Object<LaunchTemplateSpecification>(LaunchTemplate); break;
            case "LifecycleState": instance.LifecycleState = x.Text(); break;
            case "ProtectedFromScaleIn": instance.ProtectedFromScaleIn = x.Bool(); break;
            case "WeightedCapacity": instance.WeightedCapacity = x.Text(); break;
        }
    });

    private static void LaunchTemplate(XmlFields x, LaunchTemplateSpecification template)
    {
        switch (x.Name)
        {
            case "LaunchTemplateId": template.LaunchTemplateId = x.Text(); break;
            case "LaunchTemplateName": template.LaunchTemplateName = x.Text(); break;
            case "Version": template.Version = x.Text(); break;
        }
    }

    internal static InvokeOptions Define<TRequest, TResponse>(
        string action, Action<FormWriter, TRequest> members, Action<XmlFields, TResponse> fields, params KnownError[] errors)
        where TRequest : AmazonAutoScalingRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        FormOperation.Define(AmazonAutoScalingConfig.Traits, action, members, fields,
            new ErrorTable(static (m, e, t, c, r, s) => new AmazonAutoScalingException(m, e, t, c, r, s), errors));
}
