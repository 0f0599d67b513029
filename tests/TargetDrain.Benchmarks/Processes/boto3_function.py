"""The smallest boto3 function that takes one instance out of its target groups, behind the Lambda Runtime API."""
import boto3

import runtime_api

elb = boto3.client("elbv2")


def handle(event):
    instance = event["detail"]["instance-id"]
    for page in elb.get_paginator("describe_target_groups").paginate():
        for group in page["TargetGroups"]:
            arn = group["TargetGroupArn"]
            health = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
            targets = [entry["Target"] for entry in health if entry["Target"]["Id"] == instance]
            if targets:
                elb.deregister_targets(TargetGroupArn=arn, Targets=targets)


runtime_api.serve(handle)
