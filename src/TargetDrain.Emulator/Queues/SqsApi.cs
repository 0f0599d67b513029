using static TargetDrain.Emulator.Queues.SqsInput;

namespace TargetDrain.Emulator.Queues;

/// <summary>SQS as its JSON protocol has it, version 2012-11-05: an operation's name and input in, its output out.</summary>
internal sealed class SqsApi(QueueService queues)
{
    public async Task<JsonObject> InvokeAsync(string operation, JsonObject input, CancellationToken cancellationToken) => operation switch
    {
        "CreateQueue" => CreateQueue(input),
        "GetQueueUrl" => GetQueueUrl(input),
        "ListQueues" => ListQueues(input),
        "DeleteQueue" => Done(() => queues.Remove(Queue(input))),
        "TagQueue" => Done(() => QueueTags.Add(Queue(input), input["Tags"] as JsonObject)),
        "UntagQueue" => Done(() => QueueTags.Remove(Queue(input), Names(input, "TagKeys"))),
        "ListQueueTags" => ListTags(Queue(input)),
        "ListDeadLetterSourceQueues" => ListSources(input),
        "PurgeQueue" => Done(Queue(input).Purge),
        "GetQueueAttributes" => GetQueueAttributes(input),
        "SetQueueAttributes" => Done(() => SetQueueAttributes(input)),
        "SendMessage" => Send(Queue(input), input),
        "SendMessageBatch" => SendBatch(operation, input),
        "ReceiveMessage" => await ReceiveAsync(input, cancellationToken),
        "DeleteMessage" => Done(() => Delete(Queue(input), input)),
        "DeleteMessageBatch" => EachOf(operation, input, entry => Done(() => Delete(Queue(input), entry))),
        "ChangeMessageVisibility" => Done(() => ChangeVisibility(Queue(input), input)),
        "ChangeMessageVisibilityBatch" => EachOf(operation, input, entry => Done(() => ChangeVisibility(Queue(input), entry))),
        _ => throw new AwsErrorException("UnknownOperationException", $"The emulated SQS has no operation {operation}."),
    };

    private SqsQueue Queue(JsonObject input) => queues.ByUrl(Required(input, "QueueUrl"));

    private JsonObject Url(SqsQueue queue) => new() { ["QueueUrl"] = queues.UrlOf(queue) };

    private JsonObject CreateQueue(JsonObject input)
    {
        var attributes = new QueueAttributes().With(input["Attributes"] as JsonObject, isNew: true);
        var tags = QueueTags.Read(input["tags"] as JsonObject);
        var queue = queues.Create(Required(input, "QueueName"), attributes);
        queue.Tags.Put(tags);
        return Url(queue);
    }

    private JsonObject GetQueueUrl(JsonObject input)
    {
        var owner = (string?)input["QueueOwnerAWSAccountId"];
        return owner is null || owner == queues.Account
            ? Url(queues.Find(Required(input, "QueueName")) ?? throw SqsError.QueueDoesNotExist())
            : throw SqsError.QueueDoesNotExist();
    }

    private static JsonObject ListTags(SqsQueue queue) => queue.Tags.IsEmpty
        ? []
        : new JsonObject { ["Tags"] = new JsonObject(queue.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))) };

    private JsonObject ListSources(JsonObject input)
    {
        var queue = Queue(input);
        var sources = queues.List().Where(other => other.Attributes.Redrive?.DeadLetterTargetArn == queue.Arn).ToList();
        return Page(input, sources, "queueUrls") ?? new JsonObject { ["queueUrls"] = new JsonArray() };
    }

    private JsonObject ListQueues(JsonObject input) => Page(input, queues.List((string?)input["QueueNamePrefix"] ?? ""), "QueueUrls") ?? [];

    /// <summary>Null when there is nothing to show.</summary>
    private JsonObject? Page(JsonObject input, IReadOnlyList<SqsQueue> found, string name)
    {
        var first = 0;
        if ((string?)input["NextToken"] is { Length: > 0 } token && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out first)))
            throw SqsError.InvalidParameter("Invalid or expired next token.");
        var page = found.Skip(first).Take(Whole(input, "MaxResults", 1, 1000) ?? 1000).ToList();
        if (page.Count == 0) return null;
        var answer = new JsonObject { [name] = new JsonArray([.. page.Select(queue => JsonValue.Create(queues.UrlOf(queue)))]) };
        // Only those who ask for a page size are paged.
        if (first + page.Count < found.Count && input.ContainsKey("MaxResults")) answer["NextToken"] = $"{first + page.Count}";
        return answer;
    }

    private JsonObject GetQueueAttributes(JsonObject input)
    {
        var queue = Queue(input);
        var wanted = Names(input, "AttributeNames");
        if (wanted.FirstOrDefault(name => name != "All" && !QueueAttributes.IsKnown(name)) is { } unknown) throw SqsError.InvalidAttributeName(unknown);
        var counts = queue.Counts;
        var all = new JsonObject
        {
            ["QueueArn"] = queue.Arn,
            ["ApproximateNumberOfMessages"] = $"{counts.Visible}",
            ["ApproximateNumberOfMessagesNotVisible"] = $"{counts.InFlight}",
            ["ApproximateNumberOfMessagesDelayed"] = $"{counts.Delayed}",
            ["CreatedTimestamp"] = $"{queue.Created.ToUnixTimeSeconds()}",
            ["LastModifiedTimestamp"] = $"{queue.Modified.ToUnixTimeSeconds()}",
        };
        foreach (var (name, value) in queue.Attributes.ToWire()) all[name] = value;
        var chosen = new JsonObject(
            all.Where(pair => wanted.Contains("All") || wanted.Contains(pair.Key))
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        return chosen.Count == 0 ? [] : new JsonObject { ["Attributes"] = chosen };
    }

    private void SetQueueAttributes(JsonObject input)
    {
        var queue = Queue(input);
        var wanted = queue.Attributes.With(input["Attributes"] as JsonObject);
        queues.CheckRedrive(wanted);
        queue.Attributes = wanted;
    }

    private static JsonObject Send(SqsQueue queue, JsonObject entry)
    {
        var body = Required(entry, "MessageBody");
        CheckContents(body);
        var (groupId, deduplicationId) = (FifoRules.Id(entry, "MessageGroupId"), FifoRules.Id(entry, "MessageDeduplicationId"));
        var delay = Seconds(entry, "DelaySeconds", 0, 900);
        if (!queue.IsFifo && deduplicationId is not null) throw SqsError.NotForThisQueueType(deduplicationId, "MessageDeduplicationId");
        // No delay is not a delay; only another one is refused.
        if (queue.IsFifo && delay > TimeSpan.Zero) throw SqsError.NotForThisQueueType($"{delay.Value.TotalSeconds}", "DelaySeconds");
        var attributes = MessageAttributeJson.Read(entry["MessageAttributes"]);
        if (attributes.Count > 10)
            throw SqsError.InvalidParameter($"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [10].");
        var limit = queue.Attributes.MaximumMessageSize;
        if (Size(body, attributes) > limit)
            throw SqsError.InvalidParameter($"One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes.");
        var trace = TraceHeaders.Read(entry["MessageSystemAttributes"] as JsonObject);
        var sent = queue.Send(body, queue.IsFifo ? null : delay, attributes, trace, groupId, deduplicationId);
        var answer = new JsonObject { ["MessageId"] = sent.MessageId, ["MD5OfMessageBody"] = sent.Md5OfBody };
        if (sent.Md5OfAttributes is { } md5) answer["MD5OfMessageAttributes"] = md5;
        if (sent.SequenceNumber is { } sequence) answer["SequenceNumber"] = sequence;
        return answer;
    }

    private JsonObject SendBatch(string operation, JsonObject input)
    {
        var queue = Queue(input);
        var batch = Batch(operation, input);
        var size = batch.Sum(entry =>
            Size((string?)entry.Entry["MessageBody"] ?? "", MessageAttributeJson.Read(entry.Entry["MessageAttributes"])));
        if (size > QueueAttributes.MessageLimit) throw SqsError.BatchTooLong(QueueAttributes.MessageLimit, size);
        // What a FIFO queue misses in one entry is refused for all of them.
        if (queue.IsFifo) FifoRules.Check(batch.Select(item => item.Entry), queue.Attributes);
        return EachOf(operation, input, entry => Send(queue, entry));
    }

    private async Task<JsonObject> ReceiveAsync(JsonObject input, CancellationToken cancellationToken)
    {
        var queue = Queue(input);
        var max = Whole(input, "MaxNumberOfMessages", 1, 10) ?? 1;
        var visibility = Seconds(input, "VisibilityTimeout", 0, 43_200);
        var wait = Seconds(input, "WaitTimeSeconds", 0, 20) ?? queue.Attributes.ReceiveWait;
        var system = Names(input, "AttributeNames", "MessageSystemAttributeNames");
        var custom = Names(input, "MessageAttributeNames");
        if (system.FirstOrDefault(name => !ReceivedMessageJson.IsKnown(name)) is { } unknown) throw SqsError.InvalidAttributeName(unknown);
        var attemptId = FifoRules.Id(input, "ReceiveRequestAttemptId");
        if (attemptId is not null && !queue.IsFifo) throw SqsError.NotForThisQueueType(attemptId, "ReceiveRequestAttemptId");
        if (wait == TimeSpan.Zero && queue.Counts.InFlight >= SqsQueue.InFlightLimit) throw SqsError.OverLimit(SqsQueue.InFlightLimit);
        var received = await queue.ReceiveAsync(max, visibility, wait, attemptId, cancellationToken);
        return received.Count == 0
            ? []
            : new JsonObject
            {
                ["Messages"] = new JsonArray([.. received.Select(message => ReceivedMessageJson.Write(message, system, custom))]),
            };
    }

    private static void Delete(SqsQueue queue, JsonObject entry) => queue.Delete(Required(entry, "ReceiptHandle"));

    private static void ChangeVisibility(SqsQueue queue, JsonObject entry) => queue.ChangeVisibility(
        Required(entry, "ReceiptHandle"), Seconds(entry, "VisibilityTimeout", 0, 43_200) ?? throw SqsError.Missing("VisibilityTimeout"));

    /// <summary>Every entry for itself. A list without members is left out of the answer, as the live service does.</summary>
    private JsonObject EachOf(string operation, JsonObject input, Func<JsonObject, JsonObject> act)
    {
        _ = Queue(input);
        var successful = new JsonArray();
        var failed = new JsonArray();
        foreach (var (id, entry) in Batch(operation, input))
        {
            try
            {
                var answer = act(entry);
                answer["Id"] = id;
                successful.Add((JsonNode)answer);
            }
            catch (AwsErrorException error)
            {
                failed.Add((JsonNode)new JsonObject
                {
                    ["Id"] = id, ["SenderFault"] = error.Status < 500, ["Code"] = error.QueryCode, ["Message"] = error.Message,
                });
            }
        }
        var result = new JsonObject();
        if (successful.Count > 0) result["Successful"] = successful;
        if (failed.Count > 0) result["Failed"] = failed;
        return result;
    }

    private static JsonObject Done(Action act)
    {
        act();
        return [];
    }
}
