using TargetDrain.Announcements;
using TargetDrain.Events;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Announcements;

public sealed class DrainEndTests
{
    private const string Id = "i-0123456789abcdef0";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // The drain was there when it was looked for; of several messages one came again, so an attempt of ours may have begun it.
    [Theory]
    [InlineData(new[] { 1, 2 }, true)]
    [InlineData(new[] { 2, 1 }, true)]
    [InlineData(new[] { 2, 2 }, true)]
    [InlineData(new[] { 1, 1 }, false)]
    public void A_drain_that_may_be_of_an_earlier_attempt_is_told(int[] attempts, bool isTold)
    {
        var departure = new Departure(Id);
        foreach (var (number, attempt) in attempts.Index())
            departure = departure.With(
                new InboundMessage($"{number}", "", "handle", attempt), new TerminationNotice(Id, TerminationReason.StateChange, Now, Certainty: TerminationCertainty.Final));

        var end = DrainEnd.Of(new NextStep(departure) { Drains = [new Drain("arn", BegunAt: null, IsNetwork: false)] }, Now);

        Assert.Equal(isTold ? DrainEnd.Deregistered : null, end?.Outcome);
    }
}
