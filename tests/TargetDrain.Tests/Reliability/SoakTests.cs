using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>The command soak runs ten thousand terminations; here a hundred.</summary>
public sealed class SoakTests
{
    [Fact]
    public void With_faults_of_every_kind_all_along_nothing_is_lost_early_or_dead_lettered()
    {
        var result = Soak.Run(new SoakPlan(100, TimeSpan.FromMinutes(5), FaultShare: 0.01, Groups: 6));

        Assert.Empty(result.Broken);
        Assert.Equal((0, 0, 0), (result.Lost, result.Figures.ActionsEndedEarly, result.Figures.ActionsTimedOut));
    }

    [Fact]
    public void When_every_tenth_event_is_lost_the_reconciler_lets_nothing_stay_or_time_out()
    {
        var result = Soak.Run(new SoakPlan(100, TimeSpan.FromMinutes(30), FaultShare: 0, Groups: 6, Reconciles: true, EventsLost: 0.1));

        Assert.Empty(result.Broken);
        Assert.Equal((0, 0, 0, 0), (result.Lost, result.Figures.ActionsEndedEarly, result.Figures.ActionsTimedOut, result.Figures.AddressesLeft));
    }

    [Theory]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeTargetHealth")]
    [InlineData("SendMessageBatch")]
    public void Ten_minutes_without_an_api_dead_letter_nothing(string operation)
    {
        var result = Soak.Run(new SoakPlan(20, TimeSpan.FromMinutes(40), FaultShare: 0, operation, Groups: 5));

        Assert.Empty(result.Broken);
        Assert.InRange(result.Recovery!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(3));
    }
}
