using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Events;

public sealed class MessageBatchTests
{
    private const string Id = "i-0123456789abcdef0";

    private readonly Workbench bench = new();
    private readonly BatchReader reader;
    private MessageBatch batch = new();

    public MessageBatchTests()
    {
        var options = new DrainOptions();
        reader = new BatchReader(new EventReader(options, bench.Clock), options, bench.Metrics, bench.Log);
    }

    // Whoever can send to the queue can write one, and the names may have been narrowed meanwhile.
    [Fact]
    public void A_ticket_for_other_hooks_is_none_of_ours()
    {
        var (ours, other) = (new PendingAction("web", "target-drain", null, bench.Now), new PendingAction("web", "backup", null, bench.Now));
        Read(new DrainTicket(2, Id, bench.Now, [other]).ToJson());
        Assert.Empty(batch.Departures);
        Assert.Single(bench.Log.Written);

        Read(new DrainTicket(2, Id, bench.Now, [other, ours]).ToJson());
        Assert.Equal([ours], Assert.Single(batch.Departures).Actions);
        Assert.Equal(2, bench.Log.Written.Count);
    }

    [Fact]
    public void What_cannot_be_understood_is_handed_back_soon() =>
        Assert.Equal("$: is not JSON; allowed is a JSON object.", Read("}").Malformed.Single(one => one.RetryIn == TimeSpan.FromSeconds(1)).Problem);

    [Theory]
    [InlineData("""{"source":7,"detail-type":"x"}""")]
    [InlineData("""{"source":"x","detail-type":["x"]}""")]
    public void A_field_that_is_no_text_says_nothing(string body)
    {
        Assert.Empty(Read(body).Malformed);
        Assert.Empty(batch.Departures);
    }

    [Fact]
    public void What_is_no_envelope_and_no_event_is_named_so() =>
        Assert.StartsWith("$: is neither an EventBridge event", Assert.Single(Read("""{"Message":7,"body":{}}""").Malformed).Problem, StringComparison.Ordinal);

    private MessageBatch Read(string body) => batch = reader.Read([new InboundMessage("1", body, "handle")], FunctionLocation.Unknown);
}
