using TargetDrain.Events;
using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

public sealed class FuzzTests
{
    [Fact]
    public void Mutated_messages_are_refused_ignored_or_understood_and_nothing_else()
    {
        var result = new Fuzz(seed: 1).Run(20_000, TimeProvider.System);

        Assert.Empty(result.Broken);
        Assert.True(result is { Refused: > 1000, Ignored: > 1000, Notices: > 1000, Tickets: > 50 }, $"{result}");
    }

    [Theory]
    [InlineData("""{"Type":"Notification","Message":"\ud800"}""")]
    [InlineData("""{"source":"\ud800","detail-type":"Drain Instance","detail":{}}""")]
    [InlineData("\"\ud800\"")]
    public void Half_a_surrogate_pair_is_refused(string body) =>
        Assert.Throws<MalformedMessageException>(() => new EventReader(new() { QueueUrl = "https://queue" }, TimeProvider.System).Read(body, FunctionLocation.Unknown));

    [Theory]
    [InlineData("""{"Records":[{"eventSource":"aws:sqs","messageId":"1","body":"{}"},null]}""", "Records[]: is null; allowed is an object.")]
    [InlineData("""{"Records":[{"EventSource":"aws:sns"}],"records":null}""", "Records: is missing.")]
    [InlineData("""{"Records":[{"eventSource":"aws\nsqs"}]}""", "Records[0].eventSource: is 'aws?sqs'; allowed are 'aws:sqs' and 'aws:sns'.")]
    public void An_envelope_with_holes_is_refused(string payload, string message)
    {
        using var document = System.Text.Json.JsonDocument.Parse(payload);

        Assert.Equal(message, Assert.Throws<MalformedMessageException>(() => Envelope.Open(document.RootElement)).Message);
    }

    [Fact]
    public void A_field_name_from_the_message_is_shortened_in_the_error()
    {
        var problem = new MalformedMessageException($"detail.{new string('x', 5000)}\nFAKE", "is wrong.");

        Assert.InRange(problem.Message.Length, 1, 100);
        Assert.DoesNotContain('\n', problem.Message);
    }
}
