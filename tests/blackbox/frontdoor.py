"""What comes before any operation: who, where, which service, which protocol."""

import json
import urllib.error
import urllib.request

import world


def raw(url, body, headers):
    request = urllib.request.Request(url + "/", data=body if isinstance(body, bytes) else body.encode(), headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


def signed(service, region="us-east-1"):
    return {"Authorization": f"AWS4-HMAC-SHA256 Credential=AKIARAW/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0"}


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def run(checks, clients):
    url = clients["url"]
    who = checks.accepted("sts get-caller-identity", clients["sts"].get_caller_identity)
    checks.equal("the account", who.get("Account"), world.ACCOUNT)
    checks.hold("an ARN", who.get("Arn", "").startswith("arn:aws:iam::123456789012:"))
    # Services that are not there answer in a form their clients can read; none of these is a parse error or a 500.
    for service, call, request in [("s3", "list_buckets", {}), ("dynamodb", "list_tables", {}), ("iam", "list_users", {}), ("sns", "list_topics", {}), ("kms", "list_keys", {}), ("eks", "list_clusters", {}),
                                   ("logs", "describe_log_groups", {}), ("ecs", "list_clusters", {}), ("route53", "list_hosted_zones", {}), ("elb", "describe_load_balancers", {}),
                                   ("rds", "describe_db_instances", {}), ("secretsmanager", "list_secrets", {}), ("ssm", "describe_parameters", {}), ("stepfunctions", "list_state_machines", {})]:
        checks.refused(f"{service} is readably not there", getattr(world.client(service, url), call), ("NotEmulated", "InvalidAction"), **request)
    function = world.client("lambda", url)
    checks.equal("the function's loops are allowed", function.get_function_recursion_config(FunctionName="target-drain")["RecursiveLoop"], "Allow")
    checks.hold("its configuration", function.get_function_configuration(FunctionName="target-drain")["Environment"]["Variables"])
    checks.hold("its event source", function.list_event_source_mappings(FunctionName="target-drain")["EventSourceMappings"][0]["FunctionResponseTypes"])
    checks.accepted("its concurrency", function.get_function_concurrency, FunctionName="target-drain")
    checks.refused("no such function", function.get_function_configuration, "ResourceNotFoundException", FunctionName="none")
    checks.refused("an operation of Lambda that is not there", function.list_layers, "NotEmulated")
    checks.refused("no such stack", world.client("cloudformation", url).describe_stacks, "ValidationError", StackName="none")
    elsewhere = world.client("ec2", url, region="eu-west-1")
    checks.equal("another region is empty", elsewhere.describe_instances()["Reservations"], [])
    checks.equal("and has its own zones", elsewhere.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"], "eu-west-1a")
    checks.equal("and its own queues", world.client("sqs", url, region="eu-west-1").list_queues().get("QueueUrls", []), [])
    checks.refused("a region that is none", world.client("ec2", url, region="moon-base-1").describe_instances, "UnrecognizedClientException")
    for name, body, headers, status, text in [
        ("Classic ELB's version", "Action=DescribeLoadBalancers&Version=2012-06-01", {**FORM, **signed("elasticloadbalancing")}, 400, "InvalidAction"),
        ("no action", "Version=2015-12-01", {**FORM, **signed("elasticloadbalancing")}, 400, "InvalidAction"), ("an unknown action", "Action=Dance&Version=2016-11-15", {**FORM, **signed("ec2")}, 400, "InvalidAction"),
        ("an unknown parameter of EC2", "Action=DescribeVpcs&Version=2016-11-15&Colour=red", {**FORM, **signed("ec2")}, 400, "UnknownParameter"),
        ("an unknown parameter of ELBv2", "Action=DescribeTargetGroups&Version=2015-12-01&Colour=red", {**FORM, **signed("elasticloadbalancing")}, 400, "ValidationError"),
        ("an unknown parameter of Auto Scaling", "Action=DescribeAutoScalingGroups&Version=2011-01-01&Colour=red", {**FORM, **signed("autoscaling")}, 400, "ValidationError"),
        ("a gap in a list", "Action=DescribeVpcs&Version=2016-11-15&VpcId.2=vpc-1", {**FORM, **signed("ec2")}, 400, "InvalidParameterValue"),
        ("a parameter twice", "Action=DescribeVpcs&Version=2016-11-15&MaxResults=5&MaxResults=6", {**FORM, **signed("ec2")}, 400, "MalformedQueryString"),
        ("a structure that is a text", "Action=DescribeTargetGroups&Version=2015-12-01&Names=web", {**FORM, **signed("elasticloadbalancing")}, 400, "ValidationError"),
        ("a bad number", "Action=DescribeVpcs&Version=2016-11-15&MaxResults=1e3", {**FORM, **signed("ec2")}, 400, "InvalidParameterValue"),
        ("a bad flag", "Action=DescribeVpcs&Version=2016-11-15&DryRun=perhaps", {**FORM, **signed("ec2")}, 400, "InvalidParameterValue"),
        ("SQS by query", "Action=ListQueues&Version=2012-11-05", {**FORM, **signed("sqs")}, 400, "JSON"), ("nothing at all", "", {**FORM}, 400, "Error"),
        ("JSON that is none", "{", {"X-Amz-Target": "AmazonSQS.ListQueues"}, 400, "SerializationException"), ("JSON that is a list", "[]", {"X-Amz-Target": "AmazonSQS.ListQueues"}, 400, "SerializationException"),
        ("a name twice", '{"QueueName":"a","QueueName":"b"}', {"X-Amz-Target": "AmazonSQS.CreateQueue"}, 400, "SerializationException"),
        ("an unknown member of SQS", '{"QueueName":"a","Colour":"red"}', {"X-Amz-Target": "AmazonSQS.CreateQueue"}, 400, "Colour"),
        ("an unknown member of EventBridge", '{"Name":"a","EventPattern":"{\\"source\\":[\\"x\\"]}","Colour":"red"}', {"X-Amz-Target": "AWSEvents.PutRule"}, 400, "Colour"),
        ("a map that is a list", '{"QueueName":"a","Attributes":[]}', {"X-Amz-Target": "AmazonSQS.CreateQueue"}, 400, "SerializationException"),
        ("a list that is a text", '{"QueueUrl":"a","Entries":"all"}', {"X-Amz-Target": "AmazonSQS.SendMessageBatch"}, 400, "SerializationException"),
        ("a list of nothing", '{"QueueUrl":"a","Entries":[null]}', {"X-Amz-Target": "AmazonSQS.SendMessageBatch"}, 400, "SerializationException"),
        ("events that are a text", '{"Entries":"all"}', {"X-Amz-Target": "AWSEvents.PutEvents"}, 400, "SerializationException"),
        ("a global endpoint of EventBridge", '{"Entries":[{"Source":"a","DetailType":"b","Detail":"{}"}],"EndpointId":"abcde.veo"}', {"X-Amz-Target": "AWSEvents.PutEvents"}, 400, "NotEmulated"),
        ("half a character", b'{"QueueName":"\xff"}', {"X-Amz-Target": "AmazonSQS.CreateQueue"}, 400, ""), ("a surrogate alone", '{"QueueName":"\\ud800"}', {"X-Amz-Target": "AmazonSQS.CreateQueue"}, 400, ""),
        ("an unknown operation of SQS", "{}", {"X-Amz-Target": "AmazonSQS.Dance"}, 400, "UnknownOperation"), ("an unknown target", "{}", {"X-Amz-Target": "Kinesis_20131202.ListStreams"}, 400, "NotEmulated"),
    ]:
        got, answer = raw(url, body, headers)
        checks.hold(f"raw: {name}", got == status and text in answer, f"{got} {answer[:160]}")
    status, answer = raw(url, json.dumps({"QueueUrl": "x", "MessageBody": "y"}), {"X-Amz-Target": "AmazonSQS.SendMessage"})
    checks.hold("a queue URL that is none", status == 400 and "QueueDoesNotExist" in answer, answer)
