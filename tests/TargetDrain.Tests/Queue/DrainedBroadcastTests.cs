using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class DrainedBroadcastTests
{
    private static readonly EventReader Reader = new(new DrainOptions { QueueUrl = "https://queue" }, TimeProvider.System);

    [Fact]
    public void A_broadcast_comes_back_as_it_was_sent()
    {
        var sent = new DrainedBroadcast(
            DrainedBroadcast.CurrentVersion, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), ["i-0123456789abcdef0"], ["arn:busy"]);

        var read = Assert.IsType<ParsedMessage.Broadcast>(Assert.Single(Reader.Read(sent.ToJson(), FunctionLocation.Unknown))).Value;

        Assert.Equal((sent.Version, sent.At), (read.Version, read.At));
        Assert.Equal(sent.InstanceIds, read.InstanceIds);
        Assert.Equal(sent.BusyGroups, read.BusyGroups);
    }

    [Theory]
    [InlineData("""{"drainedBroadcast":1,"instanceIds":[]}""", "at")]
    [InlineData("""{"drainedBroadcast":1,"at":"2026-01-01T12:00:00Z"}""", "instanceIds")]
    [InlineData("""{"drainedBroadcast":1,"at":"2026-01-01T12:00:00Z","instanceIds":["web"]}""", "instanceIds")]
    public void What_is_wrong_in_a_broadcast_is_named(string body, string field) =>
        Assert.StartsWith(field, Assert.Throws<MalformedMessageException>(() => Reader.Read(body, FunctionLocation.Unknown)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_of_another_version_is_read_as_far_as_it_is_understood() =>
        Assert.IsType<ParsedMessage.Broadcast>(Assert.Single(Reader.Read(
            """{"drainedBroadcast":2,"at":"2026-01-01T12:00:00Z","instanceIds":[],"more":1}""", FunctionLocation.Unknown)));
}
