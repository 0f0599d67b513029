using TargetDrain.Emulator.Events;

namespace TargetDrain.Emulator.AutoScaling;

/// <summary>
/// What Auto Scaling tells: events on the bus, and flat JSON to a hook's notification target.
/// docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
/// </summary>
internal sealed class LifecycleMessages(ServiceContext context, EventBus events)
{
    public Action<string, string>? Notify { get; set; }

    public Func<string, bool>? CanNotify { get; set; }

    public void SendAction(GroupMember member, LifecycleAction action)
    {
        var detail = new JsonObject
        {
            ["LifecycleActionToken"] = action.Token,
            ["AutoScalingGroupName"] = member.Group.Name,
            ["LifecycleHookName"] = action.Hook.Name,
            ["EC2InstanceId"] = member.Instance.Id,
            ["LifecycleTransition"] = action.Hook.Transition,
            ["Origin"] = member.Origin,
            ["Destination"] = member.Destination,
        };
        // Absent, not null, when the hook has none.
        if (action.Hook.NotificationMetadata is { } metadata) detail["NotificationMetadata"] = metadata;
        context.State.Later(() => events.Publish(
            "aws.autoscaling",
            action.Hook.Transition == LifecycleHook.Launching ? "EC2 Instance-launch Lifecycle Action" : "EC2 Instance-terminate Lifecycle Action",
            detail, member.Group.Arn));
        if (action.Hook.NotificationTargetArn is { Length: > 0 } target)
            Send(target, (JsonObject)detail.DeepClone());
    }

    public void SendTest(AutoScalingGroup group, string target) => Send(target, new JsonObject
    {
        ["AutoScalingGroupARN"] = group.Arn,
        ["AutoScalingGroupName"] = group.Name,
        ["Event"] = "autoscaling:TEST_NOTIFICATION",
    });

    public void SendTerminated(GroupMember member) =>
        SendDone(member, "EC2 Instance Terminate Successful", $"Terminating EC2 instance: {member.Instance.Id}", "AutoScalingGroup", "EC2");

    public void SendLaunched(GroupMember member) =>
        SendDone(member, "EC2 Instance Launch Successful", $"Launching a new EC2 instance: {member.Instance.Id}", "EC2", "AutoScalingGroup");

    private void SendDone(GroupMember member, string detailType, string description, string origin, string destination)
    {
        var started = member.Activity?.Started ?? context.Now;
        var detail = new JsonObject
        {
            ["StatusCode"] = "InProgress",
            ["Description"] = description,
            ["AutoScalingGroupName"] = member.Group.Name,
            ["ActivityId"] = member.Activity?.Id,
            ["Details"] = new JsonObject
            {
                ["Availability Zone"] = member.Instance.AvailabilityZone,
                ["Subnet ID"] = member.Instance.Subnet.Id,
            },
            ["RequestId"] = member.Activity?.Id,
            ["StatusMessage"] = "",
            ["EndTime"] = Stamp("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            ["EC2InstanceId"] = member.Instance.Id,
            ["StartTime"] = started.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["Cause"] = member.Activity?.Cause,
            ["Origin"] = origin,
            ["Destination"] = destination,
        };
        var instanceArn = context.Arn("ec2", $"instance/{member.Instance.Id}");
        context.State.Later(() => events.Publish("aws.autoscaling", detailType, detail, member.Group.Arn, instanceArn));
    }

    private void Send(string target, JsonObject message)
    {
        message["AccountId"] = context.Options.Account;
        message["RequestId"] = context.Ids.Uuid();
        message["Service"] = "AWS Auto Scaling";
        message["Time"] = Stamp("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        var body = message.ToJsonString();
        context.State.Later(() => Notify?.Invoke(target, body));
    }

    private string Stamp(string format) => context.Now.ToString(format, CultureInfo.InvariantCulture);
}
