"""EventBridge as its documentation has it: the default bus and its rules."""

import json


def run(checks, clients):
    events, sqs = clients["events"], clients["sqs"]
    pattern = json.dumps({"source": ["mine"]})
    queue = sqs.create_queue(QueueName="bus")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    for request, code in [
        ({"Name": "with space"}, "ValidationException"), ({"Name": "a" * 65}, "ValidationException"), ({"Name": ""}, "ValidationException"), ({"Name": None}, "ValidationException"),
        ({"EventPattern": None}, "ValidationException"), ({"EventPattern": "{"}, "InvalidEventPatternException"), ({"EventPattern": "[]"}, "InvalidEventPatternException"),
        ({"EventPattern": '{"source": "mine"}'}, "InvalidEventPatternException"), ({"EventPattern": '{"source": []}'}, "InvalidEventPatternException"),
        ({"EventPattern": '{"source": [{"wildcard": "a**b"}]}'}, "InvalidEventPatternException"), ({"EventPattern": '{"source": [{"sounds-like": "a"}]}'}, "InvalidEventPatternException"),
        ({"EventPattern": '{"detail": {"n": [{"numeric": [">", "five"]}]}}'}, "InvalidEventPatternException"), ({"State": "SLEEPING"}, "ValidationException"),
        ({"Description": "d" * 513}, "ValidationException"), ({"EventBusName": "other"}, "ResourceNotFoundException"), ({"ScheduleExpression": "rate(1 minute)"}, "NotEmulated"),
        ({"Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}, "ValidationException"), ({"EventPattern": 5}, "SerializationException"), ({"Colour": "red"}, None),
    ]:
        if code:
            checks.refused(f"put_rule {request}"[:110], events.put_rule, code, **{name: value for name, value in {"Name": "r", "EventPattern": pattern, **request}.items() if value is not None})
    checks.equal("refused rules are not there", events.list_rules(NamePrefix="r")["Rules"], [])
    events.put_rule(Name="r", EventPattern=pattern, Description="d", RoleArn="arn:aws:iam::123456789012:role/r", Tags=[{"Key": "a", "Value": "1"}])
    rule = events.describe_rule(Name="r")
    checks.equal("a rule comes back", (json.loads(rule["EventPattern"]), rule["Description"], rule["RoleArn"], rule["State"]), ({"source": ["mine"]}, "d", "arn:aws:iam::123456789012:role/r", "ENABLED"))
    checks.equal("its tags", events.list_tags_for_resource(ResourceARN=rule["Arn"])["Tags"], [{"Key": "a", "Value": "1"}])
    target = {"Id": "1", "Arn": arn}
    for request, code in [
        ({"Rule": "none"}, "ResourceNotFoundException"), ({"Targets": []}, "ValidationException"), ({"Targets": [{"Id": "1"}]}, "ValidationException"), ({"Targets": [{"Arn": arn}]}, "ValidationException"),
        ({"Targets": [{**target, "Id": "a b"}]}, "ValidationException"), ({"Targets": [{**target, "Id": "a" * 65}]}, "ValidationException"), ({"Targets": [{**target, "Arn": "queue"}]}, "ValidationException"),
        ({"Targets": [{**target, "Input": "{"}]}, "ValidationException"), ({"Targets": [{**target, "Input": "{}", "InputPath": "$"}]}, "ValidationException"), ({"Targets": [target, target]}, "ValidationException"),
        ({"Targets": [{**target, "Id": str(i)} for i in range(6)]}, "LimitExceededException"), ({"Targets": [{**target, "RetryPolicy": {"MaximumRetryAttempts": 1}}]}, "NotEmulated"),
        ({"Targets": [{**target, "InputTransformer": {"InputTemplate": "x"}}]}, "NotEmulated"), ({"EventBusName": "other"}, "ResourceNotFoundException"),
    ]:
        checks.refused(f"put_targets {request}"[:110], events.put_targets, code, **{"Rule": "r", "Targets": [target], **request})
    checks.equal("refused targets are not there", events.list_targets_by_rule(Rule="r")["Targets"], [])
    checks.equal("a target that is not there fails alone", events.put_targets(Rule="r", Targets=[target, {"Id": "2", "Arn": arn + "-none"}])["FailedEntryCount"], 1)
    checks.refused("deleting a rule with targets", events.delete_rule, "ValidationException", Name="r")
    checks.equal("rules of a target", events.list_rule_names_by_target(TargetArn=arn)["RuleNames"], ["r"])
    entry = {"Source": "mine", "DetailType": "t", "Detail": "{}"}
    for request, code in [({"Entries": []}, "ValidationException"), ({"Entries": [entry] * 11}, "ValidationException"), ({"Entries": [{**entry, "Source": 5}]}, "SerializationException"),
                          ({}, "ValidationException"), ({"Entries": [{**entry, "TraceHeader": "Root=1"}]}, "NotEmulated"),
                          ({"Entries": [{**entry, "Detail": '{"a":"' + "x" * 1048600 + '"}'}]}, "ValidationException")]:
        checks.refused(f"put_events {request}"[:110], events.put_events, code, **request)
    for changed, code in [({"Detail": "{"}, "MalformedDetail"), ({"Detail": None}, "InvalidArgument"), ({"Source": None}, "InvalidArgument"), ({"DetailType": None}, "InvalidArgument"), ({"EventBusName": "other"}, "InvalidArgument")]:
        answer = events.put_events(Entries=[{name: value for name, value in {**entry, **changed}.items() if value is not None}, entry])
        checks.equal(f"an entry with {changed} fails alone", (answer["FailedEntryCount"], answer["Entries"][0].get("ErrorCode")), (1, code))
    checks.hold("events arrive", sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=2).get("Messages"))
    events.disable_rule(Name="r")
    checks.equal("disabled", events.describe_rule(Name="r")["State"], "DISABLED")
    events.enable_rule(Name="r")
    checks.equal("enabled", events.describe_rule(Name="r")["State"], "ENABLED")
    for number in range(4):
        events.put_rule(Name=f"page-{number}", EventPattern=pattern)
    first = events.list_rules(NamePrefix="page-", Limit=2)
    checks.equal("rules come in pages", (len(first["Rules"]), len(events.list_rules(NamePrefix="page-", NextToken=first["NextToken"])["Rules"])), (2, 2))
    checks.equal("rules by prefix", len(events.list_rules(NamePrefix="page-")["Rules"]), 4)
    for name, request, code in [("list_rules", {"Limit": 0}, "ValidationException"), ("list_rules", {"Limit": 101}, "ValidationException"), ("list_rules", {"NextToken": "zz"}, "ValidationException"),
                                ("describe_rule", {"Name": "none"}, "ResourceNotFoundException"), ("list_targets_by_rule", {"Rule": "none"}, "ResourceNotFoundException"), ("enable_rule", {"Name": "none"}, "ResourceNotFoundException"),
                                ("remove_targets", {"Rule": "r", "Ids": []}, "ValidationException"), ("describe_event_bus", {"Name": "other"}, "ResourceNotFoundException"), ("create_event_bus", {"Name": "x"}, "UnknownOperationException"),
                                ("test_event_pattern", {"EventPattern": "{", "Event": "{}"}, "InvalidEventPatternException"), ("test_event_pattern", {"EventPattern": pattern, "Event": "{}"}, "ValidationException"),
                                ("list_tags_for_resource", {"ResourceARN": rule["Arn"] + "x"}, "ResourceNotFoundException")]:
        checks.refused(f"{name} {request}"[:110], getattr(events, name), code, **request)
    checks.equal("buses", [bus["Name"] for bus in events.list_event_buses()["EventBuses"]], ["default"])
    events.remove_targets(Rule="r", Ids=["1"])
    checks.accepted("deleting it without targets", events.delete_rule, Name="r")
    checks.accepted("deleting what is not there", events.delete_rule, Name="r")
