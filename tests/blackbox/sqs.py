"""SQS as its documentation has it: standard and FIFO queues."""

import json


def run(checks, clients):
    sqs = clients["sqs"]
    for request, code in [
        ({"QueueName": "a/b"}, "InvalidParameterValue"), ({"QueueName": "a" * 81}, "InvalidParameterValue"), ({"QueueName": ""}, ("InvalidParameterValue", "MissingParameter")), ({}, "MissingParameter"),
        ({"QueueName": 5}, "SerializationException"), ({"QueueName": "n", "Attributes": {"VisibilityTimeout": "43201"}}, "InvalidAttributeValue"),
        ({"QueueName": "n", "Attributes": {"DelaySeconds": "901"}}, "InvalidAttributeValue"), ({"QueueName": "n", "Attributes": {"MessageRetentionPeriod": "59"}}, "InvalidAttributeValue"),
        ({"QueueName": "n", "Attributes": {"ReceiveMessageWaitTimeSeconds": "21"}}, "InvalidAttributeValue"), ({"QueueName": "n", "Attributes": {"MaximumMessageSize": "1023"}}, "InvalidAttributeValue"),
        ({"QueueName": "n", "Attributes": {"Colour": "red"}}, "InvalidAttributeName"), ({"QueueName": "n", "Attributes": {"SqsManagedSseEnabled": "maybe"}}, "InvalidAttributeValue"),
        ({"QueueName": "n", "Attributes": {"KmsDataKeyReusePeriodSeconds": "5"}}, "InvalidAttributeValue"), ({"QueueName": "n", "Attributes": {"Policy": "{"}}, "InvalidAttributeValue"),
        ({"QueueName": "n", "Attributes": {"RedrivePolicy": "{}"}}, "InvalidParameterValue"), ({"QueueName": "n", "Attributes": {"VisibilityTimeout": 5}}, "SerializationException"),
        ({"QueueName": "n", "Attributes": {"RedrivePolicy": json.dumps({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:none", "maxReceiveCount": 1})}}, "InvalidParameterValue"),
        ({"QueueName": "n.fifo"}, "InvalidParameterValue"), ({"QueueName": "n", "Attributes": {"FifoQueue": "true"}}, "InvalidParameterValue"), ({"QueueName": "n", "Attributes": {"FifoQueue": "false"}}, "InvalidAttributeName"),
        ({"QueueName": "a" * 76 + ".fifo", "Attributes": {"FifoQueue": "true"}}, "InvalidParameterValue"), ({"QueueName": "n", "Attributes": {"DeduplicationScope": "queue"}}, "InvalidAttributeName"),
        ({"QueueName": "n.fifo", "Attributes": {"FifoQueue": "true", "FifoThroughputLimit": "perMessageGroupId"}}, "InvalidParameterValue"),
        ({"QueueName": "n.fifo", "Attributes": {"FifoQueue": "true", "DeduplicationScope": "world"}}, "InvalidAttributeValue"),
        ({"QueueName": "n", "tags": {f"k{i}": "" for i in range(51)}}, "InvalidParameterValue"),
    ]:
        checks.refused(f"create_queue {request}"[:110], sqs.create_queue, code, **request)
    url = sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "0"}, tags={"team": "web"})["QueueUrl"]
    checks.equal("the same queue again", sqs.create_queue(QueueName="q", Attributes={"VisibilityTimeout": "0"})["QueueUrl"], url)
    checks.refused("with another attribute", sqs.create_queue, ("QueueAlreadyExists", "QueueNameExists"), QueueName="q", Attributes={"VisibilityTimeout": "1"})
    checks.equal("tags", sqs.list_queue_tags(QueueUrl=url)["Tags"], {"team": "web"})
    sqs.tag_queue(QueueUrl=url, Tags={"a": "1"})
    sqs.untag_queue(QueueUrl=url, TagKeys=["team"])
    checks.equal("tags that come and go", sqs.list_queue_tags(QueueUrl=url)["Tags"], {"a": "1"})
    none = url[:-1] + "none"
    text = {"DataType": "String", "StringValue": "x"}
    for name, request, code in [
        ("send_message", {"MessageBody": "x", "QueueUrl": none}, "AWS.SimpleQueueService.NonExistentQueue"), ("send_message", {}, "MissingParameter"), ("send_message", {"MessageBody": ""}, "MissingParameter"),
        ("send_message", {"MessageBody": 5}, "SerializationException"), ("send_message", {"MessageBody": ["x"]}, "SerializationException"), ("send_message", {"MessageBody": "x", "DelaySeconds": 901}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "DelaySeconds": -1}, "InvalidParameterValue"), ("send_message", {"MessageBody": "x", "DelaySeconds": "5"}, "SerializationException"),
        ("send_message", {"MessageBody": "\x00"}, "InvalidMessageContents"), ("send_message", {"MessageBody": "x" * 1048577}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "MessageDeduplicationId": "d"}, "InvalidParameterValue"), ("send_message", {"MessageBody": "x", "MessageGroupId": "g" * 129}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "MessageAttributes": {f"a{i}": text for i in range(11)}}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Text", "StringValue": "x"}}}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "Number", "StringValue": "x"}}}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "MessageAttributes": {"a": {"DataType": "String"}}}, "InvalidParameterValue"), ("send_message", {"MessageBody": "x", "MessageAttributes": {"AWS.x": text}}, "InvalidParameterValue"),
        ("send_message", {"MessageBody": "x", "MessageAttributes": {"a b": text}}, "InvalidParameterValue"), ("send_message", {"MessageBody": "x", "MessageAttributes": {"a": {"StringValue": "x"}}}, ("MissingParameter", "InvalidParameterValue")),
        ("send_message", {"MessageBody": "x", "MessageSystemAttributes": {"Other": text}}, "InvalidParameterValue"),
        ("receive_message", {"MaxNumberOfMessages": 0}, "InvalidParameterValue"), ("receive_message", {"MaxNumberOfMessages": 11}, "InvalidParameterValue"), ("receive_message", {"WaitTimeSeconds": 21}, "InvalidParameterValue"),
        ("receive_message", {"VisibilityTimeout": 43201}, "InvalidParameterValue"), ("receive_message", {"AttributeNames": ["Weather"]}, "InvalidAttributeName"), ("receive_message", {"ReceiveRequestAttemptId": "x"}, "InvalidParameterValue"),
        ("receive_message", {"MaxNumberOfMessages": 1.5}, "SerializationException"), ("delete_message", {"ReceiptHandle": "junk"}, "ReceiptHandleIsInvalid"), ("delete_message", {}, "MissingParameter"),
        ("change_message_visibility", {"ReceiptHandle": "junk", "VisibilityTimeout": 1}, "ReceiptHandleIsInvalid"), ("get_queue_attributes", {"AttributeNames": ["Weather"]}, "InvalidAttributeName"),
        ("set_queue_attributes", {"Attributes": {"DelaySeconds": "x"}}, "InvalidAttributeValue"), ("set_queue_attributes", {"Attributes": {"DelaySeconds": "5", "Colour": "red"}}, "InvalidAttributeName"),
        ("send_message_batch", {"Entries": []}, "AWS.SimpleQueueService.EmptyBatchRequest"), ("send_message_batch", {"Entries": [{"Id": str(i), "MessageBody": "x"} for i in range(11)]}, "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"),
        ("send_message_batch", {"Entries": [{"Id": "a", "MessageBody": "x"}] * 2}, "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"), ("send_message_batch", {"Entries": [{"Id": "a b", "MessageBody": "x"}]}, "AWS.SimpleQueueService.InvalidBatchEntryId"),
        ("send_message_batch", {"Entries": [{"Id": "a", "MessageBody": "x" * 700000}, {"Id": "b", "MessageBody": "x" * 700000}]}, "AWS.SimpleQueueService.BatchRequestTooLong"),
        ("delete_message_batch", {"Entries": []}, "AWS.SimpleQueueService.EmptyBatchRequest"),
        ("tag_queue", {"Tags": {"aws:x": "1"}}, "InvalidParameterValue"), ("delete_queue", {"QueueUrl": none}, "AWS.SimpleQueueService.NonExistentQueue"), ("add_permission", {"Label": "x"}, "UnknownOperationException"),
    ]:
        checks.refused(f"{name} {str(request)[:80]}", getattr(sqs, name), code, **{"QueueUrl": url, **request})
    checks.equal("half a setting sets nothing", sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["DelaySeconds"])["Attributes"], {"DelaySeconds": "0"})
    checks.refused("the URL of no queue", sqs.get_queue_url, "AWS.SimpleQueueService.NonExistentQueue", QueueName="none")
    checks.refused("the URL of another account's", sqs.get_queue_url, "AWS.SimpleQueueService.NonExistentQueue", QueueName="q", QueueOwnerAWSAccountId="999999999999")
    checks.refused("list with a bad size", sqs.list_queues, "InvalidParameterValue", MaxResults=1001)
    checks.refused("list with a bad token", sqs.list_queues, "InvalidParameterValue", MaxResults=1, NextToken="zz")

    sent = sqs.send_message(QueueUrl=url, MessageBody="hello", MessageAttributes={"n": {"DataType": "Number", "StringValue": "7"}},
                            MessageSystemAttributes={"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}})
    message = sqs.receive_message(QueueUrl=url, MessageSystemAttributeNames=["All"], MessageAttributeNames=["All"], VisibilityTimeout=0)["Messages"][0]
    checks.equal("the message", (message["MessageId"], message["Body"]), (sent["MessageId"], "hello"))
    checks.equal("its trace header", message["Attributes"]["AWSTraceHeader"], "Root=1-5759e988-bd862e3fe1be46a994272793")
    checks.equal("its attribute", message["MessageAttributes"]["n"]["StringValue"], "7")
    checks.refused("changing what is not in flight", sqs.change_message_visibility, "AWS.SimpleQueueService.MessageNotInflight", QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=5)
    checks.equal("with no timeout it stays for everybody", [[m["Body"] for m in sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"]] for _ in range(2)], [["hello"]] * 2)
    again = sqs.receive_message(QueueUrl=url, VisibilityTimeout=30)["Messages"][0]
    checks.accepted("an older handle still changes visibility", sqs.change_message_visibility, QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=60)
    checks.refused("beyond twelve hours", sqs.change_message_visibility, "InvalidParameterValue", QueueUrl=url, ReceiptHandle=again["ReceiptHandle"], VisibilityTimeout=43201)
    checks.accepted("delete", sqs.delete_message, QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
    checks.accepted("and again", sqs.delete_message, QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
    batch = sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": "good", "MessageBody": "x"}, {"Id": "bad", "MessageBody": "x", "DelaySeconds": 901}])
    checks.equal("one entry fails alone", ([item["Id"] for item in batch["Successful"]], [item["Id"] for item in batch["Failed"]]), (["good"], ["bad"]))
    checks.equal("the default of encryption", sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["SqsManagedSseEnabled"])["Attributes"], {"SqsManagedSseEnabled": "true"})
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})})
    checks.equal("sources of a dead-letter queue", sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"], [url])
    sqs.purge_queue(QueueUrl=url)
    checks.refused("purging twice", sqs.purge_queue, "AWS.SimpleQueueService.PurgeQueueInProgress", QueueUrl=url)
    checks.equal("queues by prefix", sqs.list_queues(QueueNamePrefix="dea")["QueueUrls"], [dead])
    fifo(checks, sqs)


def fifo(checks, sqs):
    """Order, deduplication and what such a queue wants to be told."""
    dead = sqs.create_queue(QueueName="dead.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})}
    checks.refused("a FIFO dead-letter queue of a standard queue", sqs.create_queue, "InvalidParameterValue", QueueName="other", Attributes=redrive)
    url = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true", "VisibilityTimeout": "1"})["QueueUrl"]
    shown = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    checks.equal("what it shows", [shown.get(name) for name in ("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")], ["true", "false", "queue", "perQueue"])
    message = {"QueueUrl": url, "MessageBody": "x", "MessageGroupId": "g", "MessageDeduplicationId": "1"}
    for changed, code in [({"MessageGroupId": None}, "MissingParameter"), ({"MessageDeduplicationId": None}, "InvalidParameterValue"), ({"DelaySeconds": 1}, "InvalidParameterValue"), ({"MessageGroupId": "a b"}, "InvalidParameterValue"),
                          ({"MessageGroupId": ""}, "InvalidParameterValue"), ({"MessageDeduplicationId": "d" * 129}, "InvalidParameterValue"), ({"MessageDeduplicationId": 5}, "SerializationException")]:
        checks.refused(f"send_message {changed}"[:80], sqs.send_message, code, **{name: value for name, value in {**message, **changed}.items() if value is not None})
    checks.refused("turning it into a standard queue", sqs.set_queue_attributes, "InvalidAttributeName", QueueUrl=url, Attributes={"FifoQueue": "false"})
    first = sqs.send_message(**message)
    again = sqs.send_message(**{**message, "MessageBody": "y"})
    checks.equal("the same id is the same message", (again["MessageId"], again["SequenceNumber"]), (first["MessageId"], first["SequenceNumber"]))
    sent = sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": str(i), "MessageBody": str(i), "MessageGroupId": group, "MessageDeduplicationId": f"b{i}"} for i, group in enumerate("ghg")])
    checks.equal("a batch has sequence numbers", [len(entry["SequenceNumber"]) for entry in sent["Successful"]], [20] * 3)
    got = sqs.receive_message(QueueUrl=url, MessageSystemAttributeNames=["All"], VisibilityTimeout=30)["Messages"][0]
    checks.equal("the first", (got["Body"], got["Attributes"]["MessageGroupId"], got["Attributes"]["MessageDeduplicationId"], got["Attributes"]["SequenceNumber"]), ("x", "g", "1", first["SequenceNumber"]))
    checks.equal("only the other group", [item["Body"] for item in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=30)["Messages"]], ["1"])
    sqs.delete_message(QueueUrl=url, ReceiptHandle=got["ReceiptHandle"])
    attempt = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=30, ReceiveRequestAttemptId="a")["Messages"]
    checks.equal("then the rest of the group, in order", [item["Body"] for item in attempt], ["0", "2"])
    checks.equal("the same attempt again", sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, ReceiveRequestAttemptId="a").get("Messages"), attempt)
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=attempt[0]["ReceiptHandle"], VisibilityTimeout=0)
    checks.refused("deleting what is shown again", sqs.delete_message, "InvalidParameterValue", QueueUrl=url, ReceiptHandle=attempt[0]["ReceiptHandle"])
    sqs.set_queue_attributes(QueueUrl=url, Attributes=redrive)
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=attempt[1]["ReceiptHandle"], VisibilityTimeout=0)
    sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    checks.equal("what failed is in the dead-letter queue, in order", [item["Body"] for item in sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10)["Messages"]], ["0", "2"])
