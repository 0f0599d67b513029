using System.Text.Json.Nodes;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class QueuesApiTests
{
    private readonly VirtualClock clock = new();
    private readonly SqsApi api;
    private readonly string url;

    public QueuesApiTests()
    {
        api = new SqsApi(new QueueService(clock, new WorldJournal(clock), "123456789012", "eu-west-1"));
        url = (string)Call("CreateQueue", """{"QueueName":"q"}""")["QueueUrl"]!;
    }

    [Theory]
    [InlineData("""{"QueueUrl":"http://localhost/123456789012/none"}""", "GetQueueAttributes", "AWS.SimpleQueueService.NonExistentQueue")]
    [InlineData("""{"QueueUrl":"http://localhost/999999999999/q"}""", "GetQueueAttributes", "AWS.SimpleQueueService.NonExistentQueue")]
    [InlineData("""{"QueueUrl":"$Q","MessageBody":"x","DelaySeconds":901}""", "SendMessage", "InvalidParameterValue")]
    [InlineData("""{"QueueUrl":"$Q","MessageBody":""}""", "SendMessage", "MissingParameter")]
    [InlineData("""{"QueueUrl":"$Q","MessageBody":"\u0001"}""", "SendMessage", "InvalidMessageContents")]
    [InlineData("""{"QueueUrl":"$Q","MaxNumberOfMessages":11}""", "ReceiveMessage", "InvalidParameterValue")]
    [InlineData("""{"QueueUrl":"$Q","WaitTimeSeconds":21}""", "ReceiveMessage", "InvalidParameterValue")]
    [InlineData("""{"QueueUrl":"$Q","ReceiptHandle":"junk"}""", "DeleteMessage", "ReceiptHandleIsInvalid")]
    [InlineData("""{"QueueUrl":"$Q","Entries":[]}""", "SendMessageBatch", "AWS.SimpleQueueService.EmptyBatchRequest")]
    [InlineData("""{"QueueUrl":"$Q","Entries":[{"Id":"a","MessageBody":"x"},{"Id":"a","MessageBody":"x"}]}""", "SendMessageBatch", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct")]
    [InlineData("""{"QueueUrl":"$Q","Entries":[{"Id":"a b","MessageBody":"x"}]}""", "SendMessageBatch", "AWS.SimpleQueueService.InvalidBatchEntryId")]
    [InlineData("""{"QueueUrl":"$Q","Entries":[{"Id":"","MessageBody":"x"}]}""", "SendMessageBatch", "AWS.SimpleQueueService.InvalidBatchEntryId")]
    [InlineData("""{"QueueName":"a/b"}""", "CreateQueue", "InvalidParameterValue")]
    [InlineData("""{"QueueUrl":"$Q","Tags":{}}""", "TagQueue", "MissingParameter")]
    [InlineData("""{"QueueUrl":"$Q","TagKeys":[]}""", "UntagQueue", "InvalidParameterValue")]
    [InlineData("""{"QueueUrl":"$Q","TagKeys":[""]}""", "UntagQueue", "InvalidParameterValue")]
    [InlineData("""{"QueueUrl":"none"}""", "GetQueueAttributes", "AWS.SimpleQueueService.NonExistentQueue")]
    [InlineData("""{"QueueName":"q","Attributes":{"VisibilityTimeout":"1"}}""", "CreateQueue", "QueueAlreadyExists")]
    [InlineData("""{"QueueName":"n","Attributes":{"VisibilityTimeout":"43201"}}""", "CreateQueue", "InvalidAttributeValue")]
    [InlineData("""{"QueueName":"n","Attributes":{"Colour":"red"}}""", "CreateQueue", "InvalidAttributeName")]
    [InlineData("""{"QueueUrl":"$Q","Attributes":{"RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:123456789012:none\",\"maxReceiveCount\":\"3\"}"}}""", "SetQueueAttributes", "InvalidParameterValue")]
    public void Answers_with_the_error_code_of_the_service(string input, string operation, string code) =>
        Assert.Equal(code, Assert.Throws<AwsErrorException>(() => Call(operation, input)).QueryCode);

    [Theory]
    [InlineData("""{"Id":"a","MessageBody":"x"}""", "MissingParameter")]
    [InlineData("""{"Id":"a","MessageBody":"x","MessageGroupId":"g"}""", "InvalidParameterValue")]
    public void What_one_entry_of_a_batch_misses_for_a_FIFO_queue_is_refused_for_all(string entry, string code)
    {
        Call("CreateQueue", """{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true"}}""");
        var whole = """{"Id":"b","MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"d"}""";
        Assert.Equal(code, Assert.Throws<AwsErrorException>(() => Call("SendMessageBatch", $$"""{"QueueUrl":"q.fifo","Entries":[{{whole}},{{entry}}]}""")).QueryCode);
        Assert.Equal("0", (string)Call("GetQueueAttributes", """{"QueueUrl":"q.fifo","AttributeNames":["All"]}""")["Attributes"]!["ApproximateNumberOfMessages"]!);
    }

    [Theory]
    [InlineData("SendMessageBatch")]
    [InlineData("DeleteMessageBatch")]
    [InlineData("ChangeMessageVisibilityBatch")]
    public void An_empty_batch_is_told_what_it_misses(string operation) => Assert.Equal(
        $"There should be at least one {operation}RequestEntry in the request.",
        Assert.Throws<AwsErrorException>(() => Call(operation, """{"QueueUrl":"$Q","Entries":[]}""")).Message);

    [Fact]
    public void A_queues_name_stands_for_its_url() =>
        Assert.Equal("arn:aws:sqs:eu-west-1:123456789012:q", (string)Call("GetQueueAttributes", """{"QueueUrl":"q","AttributeNames":["QueueArn"]}""")["Attributes"]!["QueueArn"]!);

    [Fact]
    public void A_batch_of_eleven_or_one_over_a_mebibyte_is_refused_as_a_whole()
    {
        var eleven = new JsonArray([.. Enumerable.Range(0, 11).Select(i => new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = "x" })]);
        Assert.Equal("TooManyEntriesInBatchRequest", Assert.Throws<AwsErrorException>(() => Batch(eleven)).Code);
        var big = new JsonArray([.. Enumerable.Range(0, 2).Select(i => new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = new string('x', 600_000) })]);
        Assert.Equal("BatchRequestTooLong", Assert.Throws<AwsErrorException>(() => Batch(big)).Code);
    }

    [Fact]
    public void A_message_of_a_mebibyte_passes_and_one_byte_more_does_not()
    {
        var body = new string('x', QueueAttributes.MessageLimit);
        Assert.NotNull(Call("SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = body })["MessageId"]);
        var error = Assert.Throws<AwsErrorException>(() => Call("SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = body + "x" }));
        Assert.Equal("InvalidParameterValue", error.QueryCode);
    }

    [Fact]
    public void One_bad_entry_of_a_batch_fails_alone()
    {
        var answer = Batch([
            new JsonObject { ["Id"] = "good", ["MessageBody"] = "x" },
            new JsonObject { ["Id"] = "bad", ["MessageBody"] = "x", ["DelaySeconds"] = 901 }]);
        Assert.Equal("good", (string)answer["Successful"]!.AsArray().Single()!["Id"]!);
        var failed = answer["Failed"]!.AsArray().Single()!;
        Assert.Equal(("bad", "InvalidParameterValue", true), ((string)failed["Id"]!, (string)failed["Code"]!, (bool)failed["SenderFault"]!));
        Assert.False(Batch([new JsonObject { ["Id"] = "a", ["MessageBody"] = "x" }]).ContainsKey("Failed"));
    }

    [Fact]
    public void Attributes_show_the_counts_the_arn_and_what_was_set()
    {
        Call("SetQueueAttributes", """{"QueueUrl":"$Q","Attributes":{"VisibilityTimeout":"5"}}""");
        Call("SendMessage", """{"QueueUrl":"$Q","MessageBody":"a","DelaySeconds":5}""");
        Call("SendMessage", """{"QueueUrl":"$Q","MessageBody":"b"}""");
        var attributes = Call("GetQueueAttributes", """{"QueueUrl":"$Q","AttributeNames":["All"]}""")["Attributes"]!;
        Assert.Equal(
            ("1", "1", "0", "5", "arn:aws:sqs:eu-west-1:123456789012:q"),
            ((string)attributes["ApproximateNumberOfMessages"]!, (string)attributes["ApproximateNumberOfMessagesDelayed"]!,
                (string)attributes["ApproximateNumberOfMessagesNotVisible"]!, (string)attributes["VisibilityTimeout"]!, (string)attributes["QueueArn"]!));
    }

    [Fact]
    public void Receive_gives_only_the_attributes_that_were_asked_for()
    {
        Call("SendMessage", """{"QueueUrl":"$Q","MessageBody":"a","MessageAttributes":{"x.one":{"DataType":"String","StringValue":"1"},"y":{"DataType":"Binary","BinaryValue":"AQI="}}}""");
        var message = Call("ReceiveMessage", """{"QueueUrl":"$Q","AttributeNames":["SentTimestamp"],"MessageAttributeNames":["x.*"],"VisibilityTimeout":0}""")["Messages"]![0]!;
        Assert.Equal(["SentTimestamp"], message["Attributes"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal(["x.one"], message["MessageAttributes"]!.AsObject().Select(pair => pair.Key));
        message = Call("ReceiveMessage", """{"QueueUrl":"$Q","MessageSystemAttributeNames":["All"]}""")["Messages"]![0]!;
        Assert.Equal("2", (string)message["Attributes"]!["ApproximateReceiveCount"]!);
        Assert.Null(message["MessageAttributes"]);
        Assert.Empty(Call("ReceiveMessage", """{"QueueUrl":"$Q"}"""));
    }

    private JsonObject Batch(JsonArray entries) => Call("SendMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = entries });

    private JsonObject Call(string operation, string input) =>
        Call(operation, JsonNode.Parse(input.Replace("$Q", url, StringComparison.Ordinal))!.AsObject());

    private JsonObject Call(string operation, JsonObject input)
    {
        JsonObject? answer = null;
        clock.Run(async () => answer = await api.InvokeAsync(operation, input, default));
        return answer!;
    }
}
