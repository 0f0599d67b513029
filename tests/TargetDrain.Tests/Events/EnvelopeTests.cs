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

    private static IReadOnlyList<InboundMessage> Open(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return Envelope.Open(document.RootElement);
    }
}
