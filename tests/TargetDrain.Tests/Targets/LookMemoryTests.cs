using TargetDrain.Emulator.Clock;
using TargetDrain.Events;
using TargetDrain.Queue;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class LookMemoryTests
{
    private const string Id = "i-0123456789abcdef0";

    private readonly VirtualClock clock = new();
    private readonly LookMemory memory;

    public LookMemoryTests() => memory = new LookMemory(clock);

    private DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public void An_unknown_instance_has_no_record() => Assert.Null(memory.For(Departing(TerminationCertainty.Final)));

    [Fact]
    public void A_notice_older_than_the_look_adds_nothing_and_one_about_as_old_may()
    {
        Looked();
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Announced, secondsAgo: 2)));
        Assert.Null(memory.For(Departing(TerminationCertainty.Announced, secondsAgo: 1)));
    }

    [Fact]
    public void The_termination_that_follows_adds_nothing()
    {
        Looked();
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Final)));
        Assert.Null(memory.For(Departing(TerminationCertainty.Reversible)));
    }

    [Fact]
    public void A_look_that_may_end_an_action_starts_from_nothing()
    {
        Looked();
        var action = new LifecycleAction("web", "target-drain", new string('a', 36), Now);
        var notice = new TerminationNotice(Id, TerminationReason.LifecycleHook, Now.AddSeconds(-60), action);
        var departure = new Departure(Id).With(Message(), notice);

        Assert.Null(memory.For(departure));
        Assert.Null(memory.For(Departing(TerminationCertainty.Final).With(Message(), new DrainTicket(2, Id, Now, [PendingAction.Of(action)]))));
        Assert.NotNull(memory.For(new Departure(Id).With(Message(attempt: 2), notice)));
    }

    [Fact]
    public void A_look_is_forgotten_after_ninety_seconds() => clock.Run(async () =>
    {
        Looked();
        await Task.Delay(TimeSpan.FromSeconds(89), clock);
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Final)));
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Null(memory.For(Departing(TerminationCertainty.Final)));
    });

    [Fact]
    public void It_never_holds_more_than_its_limit_and_forgets_the_oldest_first()
    {
        var most = LookMemory.MostInstances;
        for (var i = 0; i < most + 5; i++) memory.Remember($"i-{i}", new LookRecord(Now), [], canGoOn: true);

        var kept = Enumerable.Range(0, most + 5).Where(i => memory.For(Departing(TerminationCertainty.Final, id: $"i-{i}")) is not null).ToList();
        Assert.InRange(kept.Count, most / 2, most);
        Assert.Equal(Enumerable.Range(most + 5 - kept.Count, kept.Count), kept);
    }

    [Fact]
    public void Another_environments_word_from_the_future_counts_as_one_of_now() => clock.Run(async () =>
    {
        memory.Remember(new Bulletin(1, Now.AddYears(1), [Id], []));
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Final)));
        await Task.Delay(TimeSpan.FromSeconds(300), clock);
        Assert.Null(memory.For(Departing(TerminationCertainty.Final)));
    });

    [Fact]
    public void Another_environments_word_is_as_old_as_its_look() => clock.Run(async () =>
    {
        memory.Remember(new Bulletin(1, Now.AddSeconds(-290), [Id], []));
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Final)));
        Assert.Null(memory.For(Departing(TerminationCertainty.Announced, secondsAgo: 60)));
        await Task.Delay(TimeSpan.FromSeconds(10), clock);
        Assert.Null(memory.For(Departing(TerminationCertainty.Final)));
    });

    [Fact]
    public void One_message_that_is_new_is_enough_to_start_from_nothing()
    {
        Looked();
        var notice = new TerminationNotice(Id, TerminationReason.LifecycleHook, Now.AddSeconds(-60), new LifecycleAction("web", "target-drain", new string('a', 36), Now));

        Assert.Null(memory.For(new Departure(Id).With(Message(attempt: 2), notice).With(Message(), notice)));
        Assert.Null(memory.For(Departing(TerminationCertainty.Final).With(Message(), new TerminationNotice(Id, TerminationReason.OperatorRequest, Now))));
    }

    // Its first attempt was looked for, whenever that was; only what failed is left.
    [Fact]
    public void A_message_that_comes_again_adds_nothing()
    {
        Looked();
        Assert.NotNull(memory.For(new Departure(Id).With(Message(attempt: 2), new TerminationNotice(Id, TerminationReason.OperatorRequest, Now))));
    }

    [Fact]
    public void Of_two_looks_the_later_counts() => clock.Run(async () =>
    {
        await Task.Delay(TimeSpan.FromSeconds(30), clock);
        Looked();
        await Task.Delay(TimeSpan.FromSeconds(60), clock);
        memory.Remember("i-1", new LookRecord(Now), [], canGoOn: true);
        var later = new LookRecord(Now);
        memory.Remember(Id, later, [], canGoOn: true);

        Assert.Same(later, memory.For(Departing(TerminationCertainty.Final))!.Groups);
    });

    // A look for thousands of groups takes minutes, and those that find nothing in time are not to begin anew.
    [Fact]
    public void A_look_counts_from_its_end_and_anew_when_its_instances_are_let_go() => clock.Run(async () =>
    {
        var look = new LookRecord(Now);
        await Task.Delay(TimeSpan.FromSeconds(200), clock);
        memory.Remember(Id, look, [], canGoOn: true);
        await Task.Delay(TimeSpan.FromSeconds(80), clock);
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Final)));

        memory.Drained(Id);
        memory.Drained("i-never-seen");
        await Task.Delay(TimeSpan.FromSeconds(299), clock);
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Final)));
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Null(memory.For(Departing(TerminationCertainty.Final)));
        Assert.Null(memory.For(Departing(TerminationCertainty.Final, id: "i-never-seen")));
    });

    [Fact]
    public void A_ticket_goes_on_with_a_look_that_began_after_the_instance_was_last_seen() => clock.Run(async () =>
    {
        var ticket = Ticket();
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Looked();

        Assert.NotNull(memory.For(Waiting(ticket)));
        Assert.NotNull(memory.For(Waiting(ticket with { SeenAt = Now.AddSeconds(-0.5), DrainsEndAt = Now, DrainsEndBy = Now })));
        Assert.Null(memory.For(Waiting(ticket with { NoticedAt = Now })));
        Assert.Null(memory.For(Waiting(ticket with { SeenAt = Now })));
        Assert.Null(memory.For(Waiting(ticket with { DrainsEndAt = Now.AddSeconds(1), SeenAt = Now.AddSeconds(-0.5) })));
        // Written by a version that did not say when it was seen.
        Assert.Null(memory.For(Waiting(ticket with { DrainsEndBy = Now.AddSeconds(-0.5) })));
    });

    [Fact]
    public void A_ticket_does_not_go_on_with_a_look_that_found_something()
    {
        Looked(new Drain("arn", Now, IsNetwork: false));
        Assert.Null(memory.For(Waiting(Ticket() with { NoticedAt = Now.AddSeconds(-1) })));
    }

    [Fact]
    public void A_ticket_does_not_go_on_with_a_look_that_a_group_did_not_answer()
    {
        memory.Remember(Id, new LookRecord(Now), [], canGoOn: false);
        Assert.Null(memory.For(Waiting(Ticket() with { NoticedAt = Now.AddSeconds(-1) })));
        Assert.NotNull(memory.For(Departing(TerminationCertainty.Final)));
    }

    [Fact]
    public void A_ticket_does_not_go_on_with_what_another_environment_says()
    {
        memory.Remember(new Bulletin(1, Now, [Id], []));
        Assert.Null(memory.For(Waiting(Ticket() with { NoticedAt = Now.AddSeconds(-1) })));
    }

    [Theory]
    [InlineData(0, 299, true)]
    [InlineData(0, 300, false)]
    [InlineData(700, 199, true)]
    [InlineData(700, 200, false)]
    public void A_look_in_several_attempts_ends_some_time(int lasted, int ago, bool goesOn) => clock.Run(async () =>
    {
        var (ticket, look) = (Ticket() with { NoticedAt = Now.AddSeconds(-1) }, new LookRecord(Now));
        await Task.Delay(TimeSpan.FromSeconds(lasted), clock);
        memory.Remember(Id, look, [], canGoOn: true);
        await Task.Delay(TimeSpan.FromSeconds(ago), clock);

        Assert.Equal(goesOn, memory.For(Waiting(ticket)) is not null);
    });

    [Fact]
    public void What_was_seen_here_says_more_than_what_another_says_of_before()
    {
        Looked();
        var own = memory.For(Departing(TerminationCertainty.Final));
        memory.Remember(new Bulletin(1, Now.AddSeconds(-1), [Id], []));
        Assert.Same(own, memory.For(Departing(TerminationCertainty.Final)));
    }

    [Fact]
    public void Attempts_know_together_what_each_has_asked()
    {
        var first = new LookRecord(Now);
        var second = new LookRecord(Now.AddSeconds(60));
        first.Answered("a");
        second.Answered("b");
        var both = second.GoingOnWith(first);
        second.Answered("c");

        Assert.Equal(first.BegunAt, both.BegunAt);
        Assert.All(["a", "b", "c"], arn => Assert.True(both.HasAnswered(arn)));
        Assert.False(both.HasAnswered("d"));
        Assert.False(second.HasAnswered("a"));
        Assert.Same(second, second.GoingOnWith(null));
        Assert.True(second.GoingOnWith(LookRecord.OfEverything(Now)).HasAnswered("d"));
    }

    private static Departure Waiting(DrainTicket ticket) => new Departure(Id).With(Message(), ticket);

    private DrainTicket Ticket() => new(DrainTicket.CurrentVersion, Id, Now, [PendingAction.Of(new LifecycleAction("web", "target-drain", new string('a', 36), Now))]);

    private void Looked(params Drain[] drains) => memory.Remember(Id, new LookRecord(Now), drains, canGoOn: true);

    private Departure Departing(TerminationCertainty certainty, int secondsAgo = 0, string id = Id) =>
        new Departure(id).With(Message(), new TerminationNotice(id, TerminationReason.StateChange, Now.AddSeconds(-secondsAgo), Certainty: certainty));

    private static InboundMessage Message(int attempt = 1) => new("1", "", "handle", attempt);
}
