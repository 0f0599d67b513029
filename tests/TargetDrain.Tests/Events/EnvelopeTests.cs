using System.Text.Json;
using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Events;

public sealed class EnvelopeTests
{
    [Fact]
    public void An_sqs_batch_gives_its_messages_with_receipt_and_count()
    {
        var messages = Open("""
            {"Records":[
              {"messageId":"m1","receiptHandle":"r1","body":"{}","attributes":{"ApproximateReceiveCount":"3"},"eventSource":"aws:sqs"},
              {"messageId":"m2","receiptHandle":"r2","body":"x","eventSource":"aws:sqs"}]}
            """);

        Assert.Equal([new InboundMessage("m1", "{}", "r1", 3), new InboundMessage("m2", "x", "r2", 1)], messages);
        Assert.All(messages, message => Assert.True(message.IsFromQueue));
    }

    [Fact]
    public void Binary_message_attributes_do_no_harm() =>
        Assert.Equal("x", Assert.Single(Open("""
            {"Records":[{"messageId":"m1","receiptHandle":"r1","body":"x","eventSource":"aws:sqs","messageAttributes":{
              "raw":{"dataType":"Binary","binaryValue":"AAEC","stringListValues":[],"binaryListValues":[]}}}]}
            """)).Body);

    [Fact]
    public void An_sns_notification_gives_its_message()
    {
        var message = Assert.Single(Open("""{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"s1","Message":"{\"a\":1}"}}]}"""));

        Assert.Equal(new InboundMessage("s1", "{\"a\":1}"), message);
        Assert.False(message.IsFromQueue);
    }

    [Fact]
    public void Anything_else_is_the_message_itself() =>
        Assert.Equal(new InboundMessage("direct", """{"source":"aws.ec2"}"""), Assert.Single(Open("""{"source":"aws.ec2"}""")));

    [Fact]
    public void An_empty_batch_is_no_error() => Assert.Empty(Open("""{"Records":[]}"""));

    [Theory]
    [InlineData("7", "$: is a JSON Number")]
    [InlineData("""{"Records":7}""", "Records: is a JSON Number")]
    [InlineData("""{"Records":[{"eventSource":"aws:kinesis"}]}""", "Records[0].eventSource: is 'aws:kinesis'")]
    [InlineData("""{"Records":[null]}""", "Records[0].eventSource: is ''")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","body":[]}]}""", "Records[0].body: has the wrong JSON type or format")]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}""", "messageId: is missing")]
    public void What_lambda_would_never_send_is_refused(string payload, string error) =>
        Assert.Contains(error, Assert.Throws<MalformedMessageException>(() => Open(payload)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_an_SQS_message_leaves_out_is_taken_for_the_least()
    {
        var message = Assert.Single(Open("""{"Records":[{"messageId":"m1","eventSource":"aws:sqs"}]}"""));

        Assert.Equal(new InboundMessage("m1", "", ""), message);
        Assert.True(message.IsFromQueue);
    }

    [Fact]
    public void Where_and_when_it_was_sent_comes_along()
    {
        var message = Assert.Single(Open("""
            {"Records":[{"messageId":"m1","body":"x","eventSource":"aws:sqs","eventSourceARN":"arn:q","attributes":{"SentTimestamp":"1767225600000"}}]}
            """));

        Assert.Equal(("arn:q", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), (message.QueueArn, message.SentAt));
    }

    [Theory]
    [InlineData("2147483647", 2147483647)]
    [InlineData("2147483648", 1)]
    [InlineData("-2", 1)]
    [InlineData("many", 1)]
    public void A_count_that_is_none_is_the_first(string count, int expected) => Assert.Equal(
        expected, Assert.Single(Open($$$$"""{"Records":[{"messageId":"m","eventSource":"aws:sqs","attributes":{"ApproximateReceiveCount":"{{{{count}}}}"}}]}""")).ReceiveCount);

    [Theory]
    [InlineData("253402300799999", true)]
    [InlineData("253402300800000", false)]
    [InlineData("soon", false)]
    public void A_time_beyond_the_calendar_is_none(string sent, bool isTime) => Assert.Equal(
        isTime, Assert.Single(Open($$$$"""{"Records":[{"messageId":"m","eventSource":"aws:sqs","attributes":{"SentTimestamp":"{{{{sent}}}}"}}]}""")).SentAt is not null);

    [Fact]
    public void An_array_is_the_message_itself() => Assert.Equal(new InboundMessage("direct", "[1]"), Assert.Single(Open("[1]")));

    [Fact]
    public void An_SNS_notification_without_an_id_gets_one() =>
        Assert.Equal(new InboundMessage("sns", "x"), Assert.Single(Open("""{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"x"}}]}""")));

    [Theory]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"m"},null]}""", "Records[]: is null")]
    [InlineData("""{"Records":[{"EventSource":"aws:sns"}]}""", "Records[].Sns.Message: is missing")]
    [InlineData("""{"Records":[{"EventSource":"aws:sns","Sns":{}}]}""", "Records[].Sns.Message: is missing")]
    [InlineData("""{"Records":[{"eventSource":"\ud800"}]}""", "no Unicode text")]
    public void What_is_missing_in_a_record_is_named(string payload, string error) =>
        Assert.Contains(error, Assert.Throws<MalformedMessageException>(() => Open(payload)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<InboundMessage> Open(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return Envelope.Open(document.RootElement);
    }
}
