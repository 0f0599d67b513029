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
        ({"Description": "d" * 513}, "ValidationException"), ({"EventBusName": "other"}, "ResourceNotFoundException"), ({"ScheduleExpression": "rate(1 minutes)"}, "ValidationException"), ({"ScheduleExpression": "rate(0 minutes)"}, "ValidationException"), ({"ScheduleExpression": "cron(0 10 * * * *)"}, "ValidationException"), ({"ScheduleExpression": "cron(0 10 * * ?)"}, "ValidationException"), ({"ScheduleExpression": "x" * 257}, "ValidationException"),
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
        ({"Targets": [{**target, "Id": str(i)} for i in range(6)]}, "LimitExceededException"), ({"Targets": [{**target, "RetryPolicy": {"MaximumRetryAttempts": 186}}]}, "ValidationException"), ({"Targets": [{**target, "RetryPolicy": {"MaximumEventAgeInSeconds": 59}}]}, "ValidationException"),
        ({"Targets": [{**target, "Arn": arn + ".fifo"}]}, "ValidationException"), ({"Targets": [{**target, "DeadLetterConfig": {"Arn": "queue"}}]}, "ValidationException"), ({"Targets": [{**target, "EcsParameters": {"TaskDefinitionArn": "a"}}]}, "NotEmulated"),
        ({"Targets": [{**target, "InputTransformer": {"InputTemplate": "x"}}]}, "NotEmulated"), ({"EventBusName": "other"}, "ResourceNotFoundException"),
    ]:
        checks.refused(f"put_targets {request}"[:110], events.put_targets, code, **{"Rule": "r", "Targets": [target], **request})
    checks.equal("refused targets are not there", events.list_targets_by_rule(Rule="r")["Targets"], [])
    checks.equal("a target that is not emulated fails alone", events.put_targets(Rule="r", Targets=[target, {"Id": "2", "Arn": "arn:aws:kinesis:us-east-1:123456789012:stream/s"}])["FailedEntryCount"], 1)
    checks.equal("a target need not exist", events.put_targets(Rule="r", Targets=[{"Id": "2", "Arn": arn + "-none"}])["FailedEntryCount"], 0)
    events.remove_targets(Rule="r", Ids=["2"])
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

    schedule(checks, events, sqs)


def schedule(checks, events, sqs):
    """A rule that fires by the clock into a FIFO queue. Rates begin at a minute, which is too long to wait for here."""
    queue = sqs.create_queue(QueueName="bus.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="beat", ScheduleExpression="cron(0/5 * * * ? *)")
    checks.equal("a schedule comes back", events.describe_rule(Name="beat").get("ScheduleExpression"), "cron(0/5 * * * ? *)")
    target = {"Id": "1", "Arn": arn, "SqsParameters": {"MessageGroupId": "one"}, "RetryPolicy": {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 60}, "DeadLetterConfig": {"Arn": arn.replace(".fifo", "")}}
    checks.equal("a FIFO queue with its group is a target", events.put_targets(Rule="beat", Targets=[target])["FailedEntryCount"], 0)
    checks.equal("a target comes back whole", events.list_targets_by_rule(Rule="beat")["Targets"], [target])
    events.put_rule(Name="both", ScheduleExpression="rate(1 hour)", EventPattern='{"source": ["both"]}')
    events.put_targets(Rule="both", Targets=[target])
    events.put_events(Entries=[{"Source": "both", "DetailType": "t", "Detail": "{}"}])
    got = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=2, AttributeNames=["All"]).get("Messages", [{}])[0]
    checks.equal("an event reaches the group", got.get("Attributes", {}).get("MessageGroupId"), "one")
