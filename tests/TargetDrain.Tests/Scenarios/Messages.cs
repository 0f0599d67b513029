using System.Text.Json.Nodes;

namespace TargetDrain.Tests.Scenarios;

/// <summary>What reaches the function, as its senders write it.</summary>
internal static class Messages
{
    public const string Account = "123456789012";

    public static string Event(string source, string detailType, JsonObject detail, string account = Account, string region = "us-east-1") =>
        new JsonObject
        {
            ["version"] = "0", ["id"] = "7bf73129-1428-4cd3-a780-95db273d1602", ["detail-type"] = detailType, ["source"] = source,
            ["account"] = account, ["time"] = "2026-01-01T00:00:00Z", ["region"] = region, ["resources"] = new JsonArray(), ["detail"] = detail,
        }.ToJsonString();

    public static string StateChange(string instanceId, string state, string account = Account) =>
        Event("aws.ec2", "EC2 Instance State-change Notification", new() { ["instance-id"] = instanceId, ["state"] = state }, account);

    public static string Spot(string instanceId, string action = "terminate", string region = "us-east-1") => Event(
        "aws.ec2", "EC2 Spot Instance Interruption Warning", new() { ["instance-id"] = instanceId, ["instance-action"] = action }, region: region);

    public static string Rebalance(string instanceId) =>
        Event("aws.ec2", "EC2 Instance Rebalance Recommendation", new() { ["instance-id"] = instanceId });

    public static string TerminateSuccessful(string instanceId) =>
        Event("aws.autoscaling", "EC2 Instance Terminate Successful", new() { ["EC2InstanceId"] = instanceId, ["StatusCode"] = "InProgress" });

    public static string Retirement(string instanceId) => Event("aws.health", "AWS Health Event", new()
    {
        ["service"] = "EC2", ["eventTypeCode"] = "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED", ["eventTypeCategory"] = "scheduledChange",
        ["startTime"] = "Sun, 15 Feb 2026 06:00:00 GMT", ["affectedEntities"] = new JsonArray(new JsonObject { ["entityValue"] = instanceId }),
    });

    /// <summary>As a person types it.</summary>
    public static string Drain(string instanceId) =>
        $$$"""{"source":"target-drain","detail-type":"Drain Instance","detail":{"instance-id":"{{{instanceId}}}"}}""";

    public static string Lifecycle(string instanceId, string token, string hook = "target-drain", string group = "web") => Event(
        "aws.autoscaling", "EC2 Instance-terminate Lifecycle Action", new()
        {
            ["LifecycleActionToken"] = token, ["AutoScalingGroupName"] = group, ["LifecycleHookName"] = hook, ["EC2InstanceId"] = instanceId,
            ["LifecycleTransition"] = "autoscaling:EC2_INSTANCE_TERMINATING", ["Origin"] = "AutoScalingGroup", ["Destination"] = "EC2",
        });

    /// <summary>The hook's own notification.</summary>
    public static string Flat(string instanceId, string token, string transition = "autoscaling:EC2_INSTANCE_TERMINATING", string hook = "target-drain") =>
        new JsonObject
        {
            ["LifecycleHookName"] = hook, ["AccountId"] = Account, ["RequestId"] = "63f5b5c2-58b3-0574-b7d5-b3162d0268f0",
            ["LifecycleTransition"] = transition, ["AutoScalingGroupName"] = "web", ["Service"] = "AWS Auto Scaling",
            ["Time"] = "2026-01-01T00:00:00.183Z", ["EC2InstanceId"] = instanceId, ["LifecycleActionToken"] = token,
        }.ToJsonString();

    /// <summary>A notification configuration's message: the same facts, no token.</summary>
    public static string LookAlike(string instanceId) => new JsonObject
    {
        ["Event"] = "autoscaling:EC2_INSTANCE_TERMINATE", ["StatusCode"] = "MidTerminatingLifecycleAction", ["AccountId"] = Account,
        ["AutoScalingGroupName"] = "web", ["Service"] = "AWS Auto Scaling", ["Time"] = "2026-01-01T00:00:00.183Z", ["EC2InstanceId"] = instanceId,
    }.ToJsonString();

    /// <summary>What SNS puts into a queue without raw delivery.</summary>
    public static string InSns(string message) => new JsonObject
    {
        ["Type"] = "Notification", ["MessageId"] = "3edbc59a-0358-5152-aa1a-88888b0e3347", ["TopicArn"] = "arn:aws:sns:us-east-1:123456789012:hooks",
        ["Subject"] = "Auto Scaling:  Lifecycle action 'TERMINATING'", ["Message"] = message, ["SigningCertURL"] = "https://sns.us-east-1.amazonaws.com/x.pem",
    }.ToJsonString();

    /// <summary>What SNS invokes a function with.</summary>
    public static string SnsInvocation(string message) => new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["EventSource"] = "aws:sns", ["EventVersion"] = "1.0",
            ["Sns"] = new JsonObject { ["Type"] = "Notification", ["MessageId"] = "4a9f3fdc-a3e3-58db-b23b-61a4edd05553", ["Message"] = message },
        }),
    }.ToJsonString();
}
