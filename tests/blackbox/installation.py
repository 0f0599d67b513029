"""What CloudFormation, Lambda and CloudWatch tell about the installation."""

import world


def run(checks, clients):
    url = clients["url"]
    formation, watch, functions, events = (world.client(name, url) for name in ("cloudformation", "cloudwatch", "lambda", "events"))
    stack = checks.accepted("the stack", formation.describe_stacks, StackName="target-drain").get("Stacks", [{}])[0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
    checks.equal("its state", stack.get("StackStatus"), "CREATE_COMPLETE")
    checks.equal("its function", outputs.get("FunctionName"), "target-drain")
    checks.hold("its queue", clients["sqs"].get_queue_attributes(QueueUrl=outputs["QueueUrl"], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"] == outputs["QueueArn"])
    checks.equal("by its ARN as well", formation.describe_stacks(StackName=stack["StackId"])["Stacks"][0]["StackName"], "target-drain")
    resources = formation.list_stack_resources(StackName="target-drain")["StackResourceSummaries"]
    rules = {resource["PhysicalResourceId"] for resource in resources if resource["ResourceType"] == "AWS::Events::Rule"}
    alarms = {resource["PhysicalResourceId"] for resource in resources if resource["ResourceType"] == "AWS::CloudWatch::Alarm"}
    told = {rule["Name"]: rule["State"] for rule in events.list_rules()["Rules"]}
    checks.equal("its rules are EventBridge's", rules - told.keys(), set())
    checks.equal("on or off as its parameters say", (told["target-drain-SpotRule"], told["target-drain-RebalanceRule"]), ("ENABLED", "DISABLED"))
    checks.equal("both queues are read", len(functions.list_event_source_mappings(FunctionName="target-drain")["EventSourceMappings"]), 2)
    # boto3 speaks CBOR to CloudWatch, page by page.
    pages = list(watch.get_paginator("describe_alarms").paginate(PaginationConfig={"PageSize": 3}))
    checks.equal("its alarms are CloudWatch's", {alarm["AlarmName"] for page in pages for alarm in page["MetricAlarms"]}, alarms)
    checks.equal("by name", [alarm["AlarmName"] for alarm in watch.describe_alarms(AlarmNames=["target-drain-ErrorsAlarm"])["MetricAlarms"]], ["target-drain-ErrorsAlarm"])
    checks.accepted("an alarm that is set off", watch.set_alarm_state, AlarmName="target-drain-ErrorsAlarm", StateValue="ALARM", StateReason="because")
    ringing = watch.describe_alarms(StateValue="ALARM")["MetricAlarms"]
    checks.equal("is told with its reason", [(alarm["AlarmName"], alarm["StateReason"]) for alarm in ringing], [("target-drain-ErrorsAlarm", "because")])
    checks.hold("and its time", ringing[0]["StateUpdatedTimestamp"].year >= 2025)
    watch.set_alarm_state(AlarmName="target-drain-ErrorsAlarm", StateValue="OK", StateReason="over")
    checks.equal("none of another kind", watch.describe_alarms(AlarmTypes=["CompositeAlarm"])["MetricAlarms"], [])
    clients["sqs"].send_message(QueueUrl=outputs["DeadLetterQueueUrl"], MessageBody="nothing")
    checks.equal("an alarm on a queue follows it", [alarm["AlarmName"] for alarm in watch.describe_alarms(StateValue="ALARM")["MetricAlarms"]], ["target-drain-DeadLetterAlarm"])
    clients["sqs"].purge_queue(QueueUrl=outputs["DeadLetterQueueUrl"])
    checks.refused("no such alarm", watch.set_alarm_state, "ResourceNotFound", 404, AlarmName="none", StateValue="OK", StateReason="x")
    checks.refused("names and a prefix", watch.describe_alarms, "ValidationError", AlarmNames=["a"], AlarmNamePrefix="b")
    checks.refused("a state that is none", watch.describe_alarms, "ValidationError", StateValue="BROKEN")
    checks.refused("a page that is too large", watch.describe_alarms, "ValidationError", MaxRecords=101)
    checks.refused("an operation that is not there", watch.list_metrics, "UnknownOperationException")
