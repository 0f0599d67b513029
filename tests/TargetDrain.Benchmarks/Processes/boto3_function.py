"""The smallest boto3 function that takes one instance out of its target groups, behind the Lambda Runtime API."""
import http.client
import json
import os

import boto3

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


def main():
    host, _, base = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
    root = ("/" + base if base else "") + "/2018-06-01/runtime/invocation/"
    api = http.client.HTTPConnection(host)
    while True:
        api.request("GET", root + "next")
        answer = api.getresponse()
        event = json.loads(answer.read())
        handle(event)
        api.request("POST", root + answer.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", "null")
        api.getresponse().read()


main()
