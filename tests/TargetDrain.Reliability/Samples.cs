using System.Text.Json;
using System.Text.Json.Nodes;

namespace TargetDrain.Reliability;

/// <summary>One right message of every kind, to be mutated.</summary>
internal static class Samples
{
    public const string Ticket = """
        {"drainTicket":2,"instanceId":"i-0f76fade0f76fade0","noticedAt":"2026-01-01T00:00:01+00:00","actions":[{"group":"web","hook":"target-drain","token":"fd4d5e4b-51ad-c464-a05b-7d64a131727c","startedAt":"2026-01-01T00:00:00+00:00","heartbeatSeconds":3600,"globalSeconds":172800,"lastHeartbeat":"2026-01-01T00:00:00+00:00","failedHeartbeats":1,"retryAt":"2026-01-01T00:01:00+00:00"}],"drainsEndAt":"2026-01-01T00:05:01+00:00","drainsEndBy":"2026-01-01T00:05:01+00:00","lookAt":"2026-01-01T00:05:03+00:00","looks":0,"heldBy":["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1484fec3126f6cf1"]}
        """;

    /// <summary>As version 1 of the function wrote it.</summary>
    public const string OldTicket = """
        {"drainTicket":1,"instanceId":"i-0f76fade0f76fade0","startedAt":"2026-01-01T00:00:01+00:00","deadline":"2026-01-01T00:07:01+00:00","actions":[{"group":"web","hook":"target-drain","token":"fd4d5e4b-51ad-c464-a05b-7d64a131727c","startedAt":"2026-01-01T00:00:00+00:00","heartbeatSeconds":3600,"globalSeconds":172800,"lastHeartbeat":"2026-01-01T00:00:00+00:00"}],"groups":[{"arn":"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1484fec3126f6cf1","ids":["i-0f76fade0f76fade0"],"endsAt":"2026-01-01T00:05:01+00:00"}]}
        """;

    private const string Lifecycle = """
        {"LifecycleActionToken":"fd4d5e4b-51ad-c464-a05b-7d64a131727c","AutoScalingGroupName":"web","LifecycleHookName":"target-drain","EC2InstanceId":"i-0f76fade0f76fade0","LifecycleTransition":"autoscaling:EC2_INSTANCE_TERMINATING","Origin":"AutoScalingGroup","Destination":"EC2"}
        """;

    private const string Notification = """
        {"Service":"AWS Auto Scaling","Time":"2026-01-01T00:00:00.123Z","RequestId":"7d64a131-51ad-c464-a05b-727cfd4d5e4b","LifecycleActionToken":"fd4d5e4b-51ad-c464-a05b-7d64a131727c","AccountId":"123456789012","AutoScalingGroupName":"web","LifecycleHookName":"target-drain","EC2InstanceId":"i-0f76fade0f76fade0","LifecycleTransition":"autoscaling:EC2_INSTANCE_TERMINATING","Origin":"AutoScalingGroup","Destination":"WarmPool"}
        """;

    public static IReadOnlyList<string> Messages { get; } =
    [
        Ticket,
        OldTicket,
        Event("aws.autoscaling", "EC2 Instance-terminate Lifecycle Action", Lifecycle),
        Event("aws.autoscaling", "EC2 Instance Terminate Successful", """{"StatusCode":"InProgress","EC2InstanceId":"i-0f76fade0f76fade0"}"""),
        Event("aws.ec2", "EC2 Instance State-change Notification", """{"instance-id":"i-0f76fade0f76fade0","state":"shutting-down"}"""),
        Event("aws.ec2", "EC2 Spot Instance Interruption Warning", """{"instance-id":"i-0f76fade0f76fade0","instance-action":"terminate"}"""),
        Event("aws.ec2", "EC2 Instance Rebalance Recommendation", """{"instance-id":"i-0f76fade0f76fade0"}"""),
        Event("aws.health", "AWS Health Event", """{"eventTypeCode":"AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED"}"""),
        Event("target-drain", "Drain Instance", """{"instance-id":"i-0f76fade0f76fade0"}"""),
        Notification,
        """{"AutoScalingGroupName":"web","Event":"autoscaling:TEST_NOTIFICATION","AccountId":"123456789012"}""",
        InSns(Notification),
        InSns(InSns(Notification)),
    ];

    /// <summary>The same, as Lambda hands them over.</summary>
    public static IReadOnlyList<string> Envelopes { get; } =
    [
        new JsonObject { ["Records"] = new JsonArray([.. Messages.Take(3).Select(Sqs)]) }.ToJsonString(),
        new JsonObject { ["Records"] = new JsonArray([.. Messages.Skip(3).Select(Sqs)]) }.ToJsonString(),
        new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject
            {
                ["EventSource"] = "aws:sns",
                ["EventVersion"] = "1.0",
                ["Sns"] = new JsonObject { ["MessageId"] = "95df01b4-ee98-5cb9-9903-4c221d41eb5e", ["Message"] = Notification, ["Timestamp"] = "2026-01-01T00:00:00Z" },
            }),
        }.ToJsonString(),
    ];

    /// <summary>A queue's message within what Lambda hands over, as a dead letter of an invocation holds it.</summary>
    public static string HandedOver(string body) => new JsonObject { ["Records"] = new JsonArray(Sqs(body)) }.ToJsonString();

    private static string Event(string source, string detailType, string detail) => new JsonObject
    {
        ["version"] = "0",
        ["id"] = "6e1e1df6-f5fa-3fd8-624f-f92f50433e33",
        ["detail-type"] = detailType,
        ["source"] = source,
        ["account"] = "123456789012",
        ["time"] = "2026-01-01T00:00:00Z",
        ["region"] = "us-east-1",
        ["resources"] = new JsonArray("arn:aws:ec2:us-east-1:123456789012:instance/i-0f76fade0f76fade0"),
        ["detail"] = JsonNode.Parse(detail),
    }.ToJsonString();

    private static string InSns(string message) => new JsonObject
    {
        ["Type"] = "Notification", ["MessageId"] = "95df01b4-ee98-5cb9-9903-4c221d41eb5e", ["Message"] = message,
    }.ToJsonString();

    private static JsonObject Sqs(string body) => new()
    {
        ["messageId"] = "059f36b4-87a3-44ab-83d2-661975830a7d",
        ["receiptHandle"] = "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
        ["body"] = body,
        ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1", ["SentTimestamp"] = "1545082649183" },
        ["messageAttributes"] = new JsonObject(),
        ["md5OfBody"] = "e4e68fb7bd0e697a0ae8f1bb342846b3",
        ["eventSource"] = "aws:sqs",
        ["eventSourceARN"] = "arn:aws:sqs:us-east-1:123456789012:target-drain",
        ["awsRegion"] = "us-east-1",
    };
}
