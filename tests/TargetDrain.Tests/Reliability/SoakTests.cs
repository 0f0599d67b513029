using TargetDrain.Benchmarks.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>The command soak runs ten thousand terminations; here a few hundred.</summary>
public sealed class SoakTests
{
    [Fact]
    public void With_faults_of_every_kind_all_along_nothing_is_lost_early_or_dead_lettered()
    {
        var result = Soak.Run(new SoakPlan(200, TimeSpan.FromMinutes(20), FaultShare: 0.01, Groups: 10));

        Assert.Empty(result.Broken);
        Assert.Equal((0, 0, 0), (result.Lost, result.Figures.ActionsEndedEarly, result.Figures.ActionsTimedOut));
    }

    [Theory]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeTargetHealth")]
    [InlineData("SendMessageBatch")]
    public void Ten_minutes_without_an_api_dead_letter_nothing(string operation)
    {
        var result = Soak.Run(new SoakPlan(30, TimeSpan.FromHours(1), FaultShare: 0, operation, Groups: 10));

        Assert.Empty(result.Broken);
        Assert.InRange(result.Recovery!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(3));
    }
}
