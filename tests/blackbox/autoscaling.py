"""Auto Scaling as its documentation has it."""


def run(checks, clients):
    asg, ec2, elb, sqs = (clients[name] for name in ("autoscaling", "ec2", "elbv2", "sqs"))
    create = {"AutoScalingGroupName": "g", "MinSize": 0, "MaxSize": 3, "AvailabilityZones": ["us-east-1a"]}
    for changed, code in [
        ({"MinSize": None}, "ValidationError"), ({"MaxSize": None}, "ValidationError"), ({"MinSize": 4}, "ValidationError"), ({"MinSize": -1}, "ValidationError"),
        ({"MinSize": "one"}, "ValidationError"), ({"DesiredCapacity": 4}, "ValidationError"), ({"MinSize": 2, "DesiredCapacity": 1}, "ValidationError"),
        ({"AutoScalingGroupName": None}, "ValidationError"), ({"AutoScalingGroupName": "a" * 256}, "ValidationError"), ({"AutoScalingGroupName": ""}, "ValidationError"),
        ({"AutoScalingGroupName": "a:b"}, "ValidationError"), ({"AvailabilityZones": None}, "ValidationError"), ({"AvailabilityZones": ["moon-1a"]}, "ValidationError"),
        ({"VPCZoneIdentifier": "subnet-00000000"}, "ValidationError"), ({"HealthCheckType": "FEELING"}, "ValidationError"), ({"HealthCheckGracePeriod": -1}, "ValidationError"),
        ({"TerminationPolicies": ["Random"]}, "ValidationError"), ({"MaxInstanceLifetime": 10}, "ValidationError"), ({"PlacementGroup": "p"}, "NotEmulated"),
        ({"LaunchConfigurationName": "none"}, "ValidationError"), ({"LaunchTemplate": {"LaunchTemplateName": "none"}}, "ValidationError"),
        ({"TargetGroupARNs": ["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/0123456789abcdef"]}, "ValidationError"),
        ({"InstanceLifecyclePolicy": {"RetentionTriggers": {"TerminateHookAbandon": "perhaps"}}}, "ValidationError"),
        ({"Tags": [{"Key": "a"}, {"Key": "a"}]}, "ValidationError"), ({"Tags": [{"Value": "a"}]}, "ValidationError"),
        ({"LifecycleHookSpecificationList": [{"LifecycleHookName": "h", "LifecycleTransition": "autoscaling:NAP"}]}, "ValidationError"),
        ({"LifecycleHookSpecificationList": [{"LifecycleHookName": "a b", "LifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING"}]}, "ValidationError"),
    ]:
        checks.refused(f"create {changed}"[:110], asg.create_auto_scaling_group, code, **{name: value for name, value in {**create, **changed}.items() if value is not None})
    checks.equal("refused groups are not there", asg.describe_auto_scaling_groups()["AutoScalingGroups"], [])

    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    group_arn = elb.create_target_group(Name="asg-tg", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0]["TargetGroupArn"]
    elb.modify_target_group_attributes(TargetGroupArn=group_arn, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "0"}])
    asg.create_launch_configuration(LaunchConfigurationName="lc", ImageId="ami-12345678", InstanceType="t4g.micro")
    asg.create_auto_scaling_group(
        **create, LaunchConfigurationName="lc", HealthCheckType="ELB", HealthCheckGracePeriod=42, DefaultCooldown=7, TerminationPolicies=["OldestInstance"],
        InstanceLifecyclePolicy={"RetentionTriggers": {"TerminateHookAbandon": "retain"}}, TargetGroupARNs=[group_arn], NewInstancesProtectedFromScaleIn=False,
        Tags=[{"Key": "team", "Value": "web", "PropagateAtLaunch": True}], CapacityRebalance=True, DefaultInstanceWarmup=30, MaxInstanceLifetime=86400)
    shown = asg.describe_auto_scaling_groups(AutoScalingGroupNames=["g"])["AutoScalingGroups"][0]
    for member, value in {"LaunchConfigurationName": "lc", "HealthCheckType": "ELB", "HealthCheckGracePeriod": 42, "DefaultCooldown": 7, "TerminationPolicies": ["OldestInstance"],
                          "AvailabilityZones": ["us-east-1a"], "InstanceLifecyclePolicy": {"RetentionTriggers": {"TerminateHookAbandon": "retain"}}, "TargetGroupARNs": [group_arn],
                          "NewInstancesProtectedFromScaleIn": False, "CapacityRebalance": True, "DefaultInstanceWarmup": 30, "MaxInstanceLifetime": 86400, "DesiredCapacity": 0}.items():
        checks.equal(f"a group keeps {member}", shown.get(member), value)
    checks.refused("the same name again", asg.create_auto_scaling_group, "AlreadyExists", **create)

    # Scale out and in.
    asg.set_desired_capacity(AutoScalingGroupName="g", DesiredCapacity=2)
    members = asg.describe_auto_scaling_instances()["AutoScalingInstances"]
    checks.equal("two are launched", [member["LifecycleState"] for member in members], ["InService"] * 2)
    launched = ec2.describe_instances(InstanceIds=[member["InstanceId"] for member in members])["Reservations"]
    checks.equal("of the configuration's type", {item["Instances"][0]["InstanceType"] for item in launched}, {"t4g.micro"})
    checks.hold("with the group's tags", all({"Key": "team", "Value": "web"} in item["Instances"][0]["Tags"] for item in launched))
    checks.equal("and registered", len(elb.describe_target_health(TargetGroupArn=group_arn)["TargetHealthDescriptions"]), 2)
    first, second = (member["InstanceId"] for member in members)
    hook = {"AutoScalingGroupName": "g", "LifecycleHookName": "h", "LifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING"}
    for changed, code in [
        ({"LifecycleHookName": "a b"}, "ValidationError"), ({"LifecycleHookName": "a" * 256}, "ValidationError"), ({"LifecycleTransition": "autoscaling:NAP"}, "ValidationError"),
        ({"LifecycleTransition": None}, "ValidationError"), ({"HeartbeatTimeout": 29}, "ValidationError"), ({"HeartbeatTimeout": 7201}, "ValidationError"),
        ({"DefaultResult": "MAYBE"}, "ValidationError"), ({"AutoScalingGroupName": "none"}, "ValidationError"), ({"NotificationTargetARN": "queue"}, "ValidationError"),
        ({"NotificationTargetARN": "arn:aws:sqs:us-east-1:123456789012:none", "RoleARN": "arn:aws:iam::123456789012:role/r"}, "ValidationError"),
        ({"NotificationMetadata": "m" * 4001}, "ValidationError"), ({"NotificationMetadata": ""}, "ValidationError"),
    ]:
        checks.refused(f"put hook {changed}"[:110], asg.put_lifecycle_hook, code, **{name: value for name, value in {**hook, **changed}.items() if value is not None})
    checks.accepted("put hook", asg.put_lifecycle_hook, **hook, HeartbeatTimeout=60, DefaultResult="CONTINUE", NotificationMetadata="m")
    shown = asg.describe_lifecycle_hooks(AutoScalingGroupName="g")["LifecycleHooks"][0]
    checks.equal("a hook's limits", (shown["HeartbeatTimeout"], shown["GlobalTimeout"], shown["DefaultResult"], shown["NotificationMetadata"]), (60, 6000, "CONTINUE", "m"))
    asg.create_auto_scaling_group(**{**create, "AutoScalingGroupName": "hooked"})
    for number in range(50):
        asg.put_lifecycle_hook(AutoScalingGroupName="hooked", LifecycleHookName=f"h{number}", LifecycleTransition="autoscaling:EC2_INSTANCE_LAUNCHING")
    checks.refused("the 51st hook", asg.put_lifecycle_hook, "LimitExceeded", AutoScalingGroupName="hooked", LifecycleHookName="h50", LifecycleTransition="autoscaling:EC2_INSTANCE_LAUNCHING")
    checks.refused("51 names at once", asg.describe_lifecycle_hooks, "ValidationError", AutoScalingGroupName="hooked", LifecycleHookNames=[f"h{i}" for i in range(51)])

    activity = asg.terminate_instance_in_auto_scaling_group(InstanceId=first, ShouldDecrementDesiredCapacity=True)["Activity"]
    checks.equal("terminating says so", activity["StatusCode"], "InProgress")
    state = {item["InstanceId"]: item["LifecycleState"] for item in asg.describe_auto_scaling_instances()["AutoScalingInstances"]}
    checks.equal("it waits for its hook", state[first], "Terminating:Wait")
    for name, request, code in [
        ("complete_lifecycle_action", {"LifecycleHookName": "none", "InstanceId": first, "LifecycleActionResult": "CONTINUE"}, "ValidationError"),
        ("complete_lifecycle_action", {"LifecycleHookName": "h", "InstanceId": second, "LifecycleActionResult": "CONTINUE"}, "ValidationError"),
        ("complete_lifecycle_action", {"LifecycleHookName": "h", "InstanceId": first, "LifecycleActionResult": "MAYBE"}, "ValidationError"),
        ("complete_lifecycle_action", {"LifecycleHookName": "h", "LifecycleActionResult": "CONTINUE"}, "ValidationError"),
        ("complete_lifecycle_action", {"LifecycleHookName": "h", "LifecycleActionToken": "short", "LifecycleActionResult": "CONTINUE"}, "ValidationError"),
        ("record_lifecycle_action_heartbeat", {"LifecycleHookName": "none", "InstanceId": first}, "ValidationError"),
        ("delete_lifecycle_hook", {"LifecycleHookName": "none"}, "ValidationError"), ("set_desired_capacity", {"DesiredCapacity": 9}, "ValidationError"),
        ("set_desired_capacity", {"DesiredCapacity": -1}, "ValidationError"), ("set_desired_capacity", {}, "ValidationError"),
        ("update_auto_scaling_group", {"MinSize": 9}, "ValidationError"), ("update_auto_scaling_group", {"MaxSize": 0, "MinSize": 1}, "ValidationError"),
        ("attach_instances", {"InstanceIds": ["i-0123456789abcdef0"]}, "ValidationError"), ("detach_instances", {"InstanceIds": ["i-0123456789abcdef0"], "ShouldDecrementDesiredCapacity": True}, "ValidationError"),
        ("detach_instances", {"InstanceIds": [second]}, "ValidationError"), ("exit_standby", {"InstanceIds": [second]}, "ValidationError"),
        ("enter_standby", {"InstanceIds": [first], "ShouldDecrementDesiredCapacity": True}, "ValidationError"), ("delete_auto_scaling_group", {}, "ResourceInUse"),
        ("put_warm_pool", {"PoolState": "Frozen"}, "ValidationError"), ("put_warm_pool", {"MinSize": -1}, "ValidationError"), ("delete_warm_pool", {}, "ValidationError"),
        ("attach_load_balancer_target_groups", {"TargetGroupARNs": [group_arn[:-4] + "0000"]}, "ValidationError"),
        ("detach_load_balancer_target_groups", {"TargetGroupARNs": [group_arn[:-4] + "0000"]}, "ValidationError"),
        ("set_instance_protection", {"InstanceIds": ["i-0123456789abcdef0"], "ProtectedFromScaleIn": True}, "ValidationError"),
    ]:
        checks.refused(f"{name} {str(request)[:80]}", getattr(asg, name), code, AutoScalingGroupName="g", **request)
    for name, request, code in [
        ("terminate_instance_in_auto_scaling_group", {"InstanceId": "i-0123456789abcdef0", "ShouldDecrementDesiredCapacity": True}, "ValidationError"),
        ("terminate_instance_in_auto_scaling_group", {"InstanceId": second}, "ValidationError"), ("set_instance_health", {"InstanceId": second, "HealthStatus": "Tired"}, "ValidationError"),
        ("describe_auto_scaling_instances", {"InstanceIds": [second] * 51}, "ValidationError"), ("describe_auto_scaling_instances", {"MaxRecords": 51}, "ValidationError"),
        ("describe_auto_scaling_instances", {"MaxRecords": 0}, "ValidationError"), ("describe_auto_scaling_instances", {"NextToken": "zz"}, "InvalidNextToken"),
        ("describe_auto_scaling_groups", {"MaxRecords": 101}, "ValidationError"), ("describe_auto_scaling_groups", {"Filters": [{"Name": "weather", "Values": ["x"]}]}, "ValidationError"),
        ("describe_lifecycle_hooks", {"AutoScalingGroupName": "none"}, "ValidationError"), ("create_or_update_tags", {"Tags": [{"ResourceId": "none", "ResourceType": "auto-scaling-group", "Key": "a"}]}, "ValidationError"),
        ("delete_launch_configuration", {"LaunchConfigurationName": "lc"}, "ResourceInUse"), ("create_launch_configuration", {"LaunchConfigurationName": "lc", "ImageId": "ami-1", "InstanceType": "x"}, "AlreadyExists"),
        ("describe_policies", {}, "InvalidAction"),
    ]:
        checks.refused(f"{name} {str(request)[:80]}", getattr(asg, name), code, **request)
    checks.accepted("a heartbeat", asg.record_lifecycle_action_heartbeat, AutoScalingGroupName="g", LifecycleHookName="h", InstanceId=first)
    asg.delete_lifecycle_hook(AutoScalingGroupName="g", LifecycleHookName="h")
    try:
        asg.complete_lifecycle_action(AutoScalingGroupName="g", LifecycleHookName="h", InstanceId=first, LifecycleActionResult="CONTINUE")
        checks.hold("a deleted hook is not found", False)
    except asg.exceptions.ClientError as error:
        checks.hold("a deleted hook is not found", "No Lifecycle Hook found with name" in error.response["Error"]["Message"])
    checks.equal("what waited on it goes on", ec2.describe_instances(InstanceIds=[first])["Reservations"][0]["Instances"][0]["State"]["Name"], "shutting-down")

    # Attach, detach, stand by: whole or not at all.
    alone = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    checks.refused("attach one that is there and one that is not", asg.attach_instances, "ValidationError", AutoScalingGroupName="g", InstanceIds=[alone, "i-0123456789abcdef0"])
    checks.equal("attaches none", len(asg.describe_auto_scaling_instances(InstanceIds=[alone])["AutoScalingInstances"]), 0)
    checks.accepted("attach", asg.attach_instances, AutoScalingGroupName="g", InstanceIds=[alone])
    checks.equal("stand by", asg.enter_standby(AutoScalingGroupName="g", InstanceIds=[alone], ShouldDecrementDesiredCapacity=True)["Activities"][0]["StatusCode"], "Successful")
    checks.equal("it stands by", asg.describe_auto_scaling_instances(InstanceIds=[alone])["AutoScalingInstances"][0]["LifecycleState"], "Standby")
    checks.accepted("and comes back", asg.exit_standby, AutoScalingGroupName="g", InstanceIds=[alone])
    checks.accepted("detach", asg.detach_instances, AutoScalingGroupName="g", InstanceIds=[alone], ShouldDecrementDesiredCapacity=True)
    checks.equal("detached, it is alone", asg.describe_auto_scaling_instances(InstanceIds=[alone])["AutoScalingInstances"], [])
    asg.terminate_instance_in_auto_scaling_group(InstanceId=second, ShouldDecrementDesiredCapacity=False)
    checks.equal("one that dies is replaced", len([item for item in asg.describe_auto_scaling_instances()["AutoScalingInstances"]
                                                   if item["LifecycleState"] == "InService" and item["InstanceId"] != second]), 1)
    checks.hold("a refresh can be played", asg.start_instance_refresh(AutoScalingGroupName="g")["InstanceRefreshId"])
    checks.equal("and is seen", len(asg.describe_instance_refreshes(AutoScalingGroupName="g")["InstanceRefreshes"]), 1)

    # Warm pool, launching hooks.
    asg.create_auto_scaling_group(**{**create, "AutoScalingGroupName": "warm"}, LifecycleHookSpecificationList=[
        {"LifecycleHookName": "up", "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING", "HeartbeatTimeout": 60}])
    asg.put_warm_pool(AutoScalingGroupName="warm", MaxGroupPreparedCapacity=1, PoolState="Running", InstanceReusePolicy={"ReuseOnScaleIn": True})
    pool = asg.describe_warm_pool(AutoScalingGroupName="warm")
    checks.equal("a warm pool", (pool["WarmPoolConfiguration"]["PoolState"], pool["Instances"][0]["LifecycleState"]), ("Running", "Warmed:Pending:Wait"))
    warm = pool["Instances"][0]["InstanceId"]
    asg.complete_lifecycle_action(AutoScalingGroupName="warm", LifecycleHookName="up", InstanceId=warm, LifecycleActionResult="CONTINUE")
    checks.equal("its instance is ready", asg.describe_warm_pool(AutoScalingGroupName="warm")["Instances"][0]["LifecycleState"], "Warmed:Running")
    asg.set_desired_capacity(AutoScalingGroupName="warm", DesiredCapacity=1)
    checks.equal("and is taken first", asg.describe_auto_scaling_instances(InstanceIds=[warm])["AutoScalingInstances"][0]["LifecycleState"], "Pending:Wait")
    asg.complete_lifecycle_action(AutoScalingGroupName="warm", LifecycleHookName="up", InstanceId=warm, LifecycleActionResult="CONTINUE")
    checks.equal("into service", asg.describe_auto_scaling_instances(InstanceIds=[warm])["AutoScalingInstances"][0]["LifecycleState"], "InService")
    checks.accepted("delete the pool", asg.delete_warm_pool, AutoScalingGroupName="warm", ForceDelete=True)

    # Reading.
    checks.equal("groups by tag", [item["AutoScalingGroupName"] for item in asg.describe_auto_scaling_groups(Filters=[{"Name": "tag:team", "Values": ["web"]}])["AutoScalingGroups"]], ["g"])
    checks.equal("groups by no tag", asg.describe_auto_scaling_groups(Filters=[{"Name": "tag-key", "Values": ["none"]}])["AutoScalingGroups"], [])
    checks.equal("groups come in pages", [len(page["AutoScalingGroups"]) for page in asg.get_paginator("describe_auto_scaling_groups").paginate(PaginationConfig={"PageSize": 2})], [2, 1])
    checks.equal("tags", [(tag["Key"], tag["PropagateAtLaunch"]) for tag in asg.describe_tags(Filters=[{"Name": "auto-scaling-group", "Values": ["g"]}])["Tags"]], [("team", True)])
    asg.update_auto_scaling_group(AutoScalingGroupName="g", MinSize=0, HealthCheckGracePeriod=9)
    shown = asg.describe_auto_scaling_groups(AutoScalingGroupNames=["g"])["AutoScalingGroups"][0]
    checks.equal("an update keeps the rest", (shown["HealthCheckGracePeriod"], shown["HealthCheckType"]), (9, "ELB"))
    checks.hold("activities are told", asg.describe_scaling_activities(AutoScalingGroupName="g")["Activities"])
    checks.accepted("delete by force", asg.delete_auto_scaling_group, AutoScalingGroupName="g", ForceDelete=True)
    checks.equal("it is gone", asg.describe_auto_scaling_groups(AutoScalingGroupNames=["g"])["AutoScalingGroups"], [])
