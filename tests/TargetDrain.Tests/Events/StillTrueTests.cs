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

    // To the second: what is as old as that counts still.
    [Fact]
    public void An_event_counts_up_to_its_age_and_not_beyond()
    {
        foreach (var scaling in new[] { NoAnswer, new ScalingAnswer(true, null) })
        {
            Assert.Equal("True", Of(TerminationReason.LifecycleHook, "running", scaling, 120, Action));
            Assert.NotEqual("True", Of(TerminationReason.LifecycleHook, "running", scaling, 121, Action));
        }
        Assert.Equal("True", Of(TerminationReason.SpotInterruption, "running", NoAnswer, 150));
        Assert.Equal("True", Short(60));
        Assert.Equal("Stale", Short(61));

        static string Short(int age) => StillTrue.Of(
            new TerminationNotice("i-1", TerminationReason.SpotInterruption, default), "running", computeAnswered: true, NoAnswer,
            TimeSpan.FromSeconds(age), TimeSpan.FromMinutes(1)).ToString();
    }

    [Theory]
    [InlineData("Terminating:Wait", true)]
    [InlineData("Warmed:Terminating:Wait", true)]
    [InlineData("Warmed:Pending:Wait", true)]
    [InlineData("ReplacingRootVolume:Wait", true)]
    [InlineData("Terminating:Retained", false)]
    [InlineData("InService", false)]
    [InlineData("Pending:Wait", false)]
    [InlineData(null, false)]
    public void A_ticket_counts_while_Auto_Scaling_waits_or_EC2_terminates(string? state, bool waits)
    {
        Assert.Equal(waits ? Verdict.True : Verdict.AskForTheAction, StillTrue.OfTicket("running", new ScalingAnswer(true, state)));
        Assert.Equal(Verdict.True, StillTrue.OfTicket("terminated", new ScalingAnswer(true, state)));
        Assert.Equal(Verdict.True, StillTrue.OfTicket("shutting-down", new ScalingAnswer(true, state)));
    }

    [Fact]
    public void What_is_final_stays_so_whatever_anybody_says() => Assert.Equal(
        "True", Of(TerminationReason.StateChange, "running", new ScalingAnswer(true, "InService"), 86_400, certainty: TerminationCertainty.Final));

    [Fact]
    public void Of_an_instance_that_EC2_does_not_know_a_stop_still_counts() =>
        Assert.Equal("True", Of(TerminationReason.StateChange, null, NoAnswer, 0, certainty: TerminationCertainty.Reversible));

    private static string Of(
        TerminationReason reason, string? state, ScalingAnswer scaling, int age, LifecycleAction? action = null,
        TerminationCertainty certainty = TerminationCertainty.Announced) =>
        StillTrue.Of(
            new TerminationNotice("i-1", reason, default, action, certainty), state, computeAnswered: true, scaling,
            TimeSpan.FromSeconds(age), TimeSpan.FromMinutes(15)).ToString();
}
