"""What is written for a terminating hook with boto3: list, describe, deregister, wait with the waiter, complete."""
import boto3

import runtime_api

elb = boto3.client("elbv2")
autoscaling = boto3.client("autoscaling")


def handle(event):
    detail = event["detail"]
    instance = detail["EC2InstanceId"]
    drained = []
    for page in elb.get_paginator("describe_target_groups").paginate():
        for group in page["TargetGroups"]:
            arn = group["TargetGroupArn"]
            health = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
            targets = [entry["Target"] for entry in health if entry["Target"]["Id"] == instance]
            if targets:
                elb.deregister_targets(TargetGroupArn=arn, Targets=targets)
                drained.append((arn, targets))
    waiter = elb.get_waiter("target_deregistered")
    for arn, targets in drained:
        waiter.wait(TargetGroupArn=arn, Targets=targets)
    autoscaling.complete_lifecycle_action(
        AutoScalingGroupName=detail["AutoScalingGroupName"],
        LifecycleHookName=detail["LifecycleHookName"],
        LifecycleActionToken=detail["LifecycleActionToken"],
        InstanceId=instance,
        LifecycleActionResult="CONTINUE",
    )


runtime_api.serve(handle)
