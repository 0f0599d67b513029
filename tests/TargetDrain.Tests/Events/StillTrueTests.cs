using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Events;

public sealed class StillTrueTests
{
    private static readonly ScalingAnswer NoAnswer = new(HasAnswered: false, State: null);

    private static readonly LifecycleAction Action = new("web", "target-drain", new string('a', 36), default);

    [Theory]
    [InlineData("Terminating:Wait", 86_400, "True")]
    [InlineData("Terminating:Proceed", 0, "True")]
    [InlineData("Warmed:Pending:Wait", 86_400, "True")]
    [InlineData("Warmed:Terminating:Wait", 0, "True")]
    [InlineData("ReplacingRootVolume:Wait", 0, "True")]
    [InlineData("Terminating:Retained", 0, "AskForTheAction")]
    [InlineData("InService", 0, "AskForTheAction")]
    [InlineData("Standby", 0, "AskForTheAction")]
    [InlineData("Warmed:Stopped", 0, "AskForTheAction")]
    [InlineData(null, 60, "True")]
    [InlineData(null, 600, "Stale")]
    public void An_action_counts_while_Auto_Scaling_says_that_it_waits(string? state, int age, string verdict) =>
        Assert.Equal(verdict, Of(TerminationReason.LifecycleHook, "running", new ScalingAnswer(true, state), age, Action));

    [Theory]
    [InlineData(60, "True")]
    [InlineData(600, "AskForTheAction")]
    public void Without_Auto_Scalings_answer_a_young_event_counts(int age, string verdict) =>
        Assert.Equal(verdict, Of(TerminationReason.WarmPoolReturn, "running", NoAnswer, age, Action));

    [Theory]
    [InlineData("shutting-down")]
    [InlineData("terminated")]
    public void What_EC2_terminates_leaves_however_old_the_news_is(string state) =>
        Assert.All(Enum.GetValues<TerminationReason>(), reason => Assert.Equal("True", Of(reason, state, new ScalingAnswer(true, "InService"), 86_400, Action)));

    [Theory]
    [InlineData("stopping", "True")]
    [InlineData("stopped", "True")]
    [InlineData("running", "Stale")]
    [InlineData("pending", "Stale")]
    public void A_stop_counts_while_EC2_says_so(string state, string verdict) =>
        Assert.Equal(verdict, Of(TerminationReason.StateChange, state, NoAnswer, 0, certainty: TerminationCertainty.Reversible));

    [Theory]
    [InlineData("running", 120, "True")]
    [InlineData("running", 151, "Stale")]
    [InlineData("stopped", 86_400, "True")]
    public void A_Spot_warning_counts_for_its_two_minutes(string state, int age, string verdict) =>
        Assert.Equal(verdict, Of(TerminationReason.SpotInterruption, state, NoAnswer, age));

    [Fact]
    public void A_request_has_an_age_limit() => Assert.All([TerminationReason.OperatorRequest, TerminationReason.RebalanceRecommendation], reason =>
    {
        Assert.Equal("True", Of(reason, "running", NoAnswer, 900));
        Assert.Equal("Stale", Of(reason, "running", NoAnswer, 901));
    });

    [Fact]
    public void What_EC2_must_say_is_waited_for() => Assert.Equal(
        Verdict.Unknown,
        StillTrue.Of(
            new TerminationNotice("i-1", TerminationReason.StateChange, default, Certainty: TerminationCertainty.Reversible),
            null, computeAnswered: false, NoAnswer, TimeSpan.Zero, TimeSpan.FromMinutes(15)));

    private static string Of(
        TerminationReason reason, string? state, ScalingAnswer scaling, int age, LifecycleAction? action = null,
        TerminationCertainty certainty = TerminationCertainty.Announced) =>
        StillTrue.Of(
            new TerminationNotice("i-1", reason, default, action, certainty), state, computeAnswered: true, scaling,
            TimeSpan.FromSeconds(age), TimeSpan.FromMinutes(15)).ToString();
}
