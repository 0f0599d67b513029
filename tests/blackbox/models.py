"""
botocore's models as the judge: whatever an operation's input may have is understood or refused by name, and every bound,
pattern, enumeration and required member that the model states is enforced. Tried on all operations and all members.
"""

import itertools
import re

from botocore.exceptions import BotoCoreError, ClientError

SERVICES = ["elbv2", "ec2", "autoscaling", "sqs", "events"]
UNKNOWN = {"InvalidAction", "UnknownOperationException", "NotEmulated"}
DEEPEST = 4

# boto3 itself cannot write such a request.
UNSENT = "unsent"

# docs/emulator-limits.md: instance types must look right, not exist.
# Without any instance EC2 names no parameter.
UNNAMED = {"TerminateInstances", "StopInstances", "StartInstances", "RebootInstances"}

DECLARED = {("RunInstances", ("InstanceType",)), ("CreateLaunchTemplate", ("LaunchTemplateData", "InstanceType"))}


def run(checks, clients):
    SAMPLES["QueueUrl"] = clients["sqs"].create_queue(QueueName="models")["QueueUrl"]
    for service in SERVICES:
        client = clients[service]
        operations = [client.meta.service_model.operation_model(name) for name in client.meta.service_model.operation_names]
        emulated = [operation for operation in operations if is_emulated(client, operation)]
        tried = 0
        for operation in emulated:
            if operation.input_shape is not None:
                for path, wrong, why in violations(operation.input_shape, client.meta.service_model.metadata["protocol"]):
                    tried += 1
                    judge(checks, client, operation, path, wrong, why)
        print(f"  {service}: {len(emulated)} of {len(operations)} operations, {tried} requests that break a rule of the model")


def is_emulated(client, operation):
    code, message = call(client, operation, {})
    return code != UNSENT and (code not in UNKNOWN or "operation" not in message and "action" not in message)


def call(client, operation, request):
    try:
        client._make_api_call(operation.name, request)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return ("500" if status >= 500 else error.response["Error"]["Code"]), error.response["Error"].get("Message", "")
    except (BotoCoreError, TypeError, AttributeError, KeyError, ValueError, IndexError):
        return UNSENT, ""
    return "", ""


def judge(checks, client, operation, path, wrong, why):
    request = {**sample(operation.input_shape, 0), **NEEDED.get(operation.name, dict)()}
    put(request, path, wrong)
    code, message = call(client, operation, request)
    if code == UNSENT:
        return
    if (operation.name, path) in DECLARED:
        return
    if operation.name in UNNAMED and path == ("InstanceIds",) and why == "required":
        checks.equal(f"{operation.name} without instances", code, "InvalidParameterCombination")
        return
    member = why.split()[1] if why.startswith("without") else [step for step in path if isinstance(step, str)][-1]
    # Other members have faults too, such as an ARN that names nothing: the one that was broken must be told.
    told = any(name in message.lower() for name in (member.lower(), member.lower().rstrip("s"), *([wrong] if isinstance(wrong, str) else [])))
    checks.hold(
        f"{operation.name} {'.'.join(map(str, path))}: {why}",
        told and code not in ("", "500") or code in ("NotEmulated", "SerializationException", "InvalidAttributeName"), f"{code or 'accepted'} {message[:140]}")


def violations(shape, protocol, path=(), depth=0):
    """Where, what to put there, and which rule it breaks."""
    if depth > DEEPEST:
        return
    for name, member in shape.members.items():
        at = (*path, name)
        yield from broken(member, at, protocol)
        inner = member.member if member.type_name == "list" else member
        if member.type_name == "list":
            yield from broken(inner, (*at, 0), protocol)
        if inner.type_name == "structure":
            inside = (*at, 0) if member.type_name == "list" else at
            for required in inner.required_members:
                rest = {name: value for name, value in sample(inner, 0).items() if name != required}
                if rest:
                    yield inside, rest, f"without {required}"
            yield from violations(inner, protocol, inside, depth + 1)
    if depth == 0:
        for required in shape.required_members:
            yield (required,), MISSING, "required"


MISSING = object()

# By the names of members, where another value would be refused before anything else is looked at.
SAMPLES = {}

# What EC2 needs though its model does not say so.
NEEDED = {
    "RunInstances": lambda: {"ImageId": "ami-0123456789abcdef0"},
    "CreateLaunchTemplate": lambda: {"LaunchTemplateData": {"ImageId": "ami-0123456789abcdef0"}, "LaunchTemplateName": f"models-{next(numbers)}"},
}
numbers = itertools.count()


def broken(shape, at, protocol):
    rules, kind = shape.metadata, shape.type_name
    if kind == "string":
        if shape.enum:
            yield at, "no-such-value", "enum"
        elif "pattern" in rules and breaks(rules["pattern"]):
            yield at, breaks(rules["pattern"]), "pattern"
        if rules.get("max") and rules["max"] < 5000 and not shape.enum:
            yield at, "a" * (rules["max"] + 1), "max"
    elif kind in ("integer", "long"):
        if "min" in rules:
            yield at, rules["min"] - 1, "min"
        if "max" in rules and rules["max"] < 2**31 - 1:
            yield at, rules["max"] + 1, "max"
        yield at, "many", "type"
    elif kind == "list":
        if rules.get("max") and rules["max"] <= 200:
            yield at, [sample(shape.member, 0)] * (rules["max"] + 1), "max"
        # The Query protocol has no empty list.
        if rules.get("min") and protocol == "json":
            yield at, [], "min"
    if protocol == "json" and kind in ("string", "list", "structure", "boolean", "map"):
        yield at, 5, "type"


def breaks(pattern):
    try:
        return next((text for text in ("§ §", "", "~ ~") if text and not re.fullmatch(pattern, text)), None)
    except re.error:
        return None


def sample(shape, depth):
    """What the model would let through, with the required members only."""
    rules, kind = shape.metadata, shape.type_name
    if kind == "structure":
        return {name: SAMPLES.get(name) or sample(shape.members[name], depth + 1) for name in shape.required_members} if depth <= DEEPEST else {}
    if kind == "list":
        return [sample(shape.member, depth + 1)]
    if kind == "map":
        return {"k": sample(shape.value, depth + 1)}
    if kind == "string":
        return shape.enum[0] if shape.enum else "a" * max(1, rules.get("min", 1))
    return {"boolean": True, "integer": max(1, rules.get("min", 1)), "long": max(1, rules.get("min", 1)), "float": 1.0, "double": 1.0, "timestamp": 1700000000, "blob": b"a"}[kind]


def put(request, path, value):
    """Puts the value at the path; lists and structures on the way come into being."""
    node = request
    for step, following in zip(path, path[1:]):
        empty = [] if isinstance(following, int) else {}
        if isinstance(node, list):
            if not node:
                node.append(empty)
            node = node[0]
        else:
            if not isinstance(node.get(step), type(empty)):
                node[step] = empty
            node = node[step]
    last = path[-1]
    if value is MISSING:
        if isinstance(node, dict):
            node.pop(last, None)
    elif isinstance(node, list):
        node[:] = [value]
    else:
        node[last] = value
