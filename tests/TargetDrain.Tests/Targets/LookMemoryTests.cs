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
    public void An_unknown_instance_has_no_record() => Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Final)));

    [Fact]
    public void A_notice_older_than_the_look_adds_nothing_and_one_about_as_old_may()
    {
        Looked();
        Assert.NotNull(memory.RecordFor(Departing(TerminationCertainty.Announced, secondsAgo: 2)));
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Announced, secondsAgo: 1)));
    }

    [Fact]
    public void The_termination_that_follows_adds_nothing()
    {
        Looked();
        Assert.NotNull(memory.RecordFor(Departing(TerminationCertainty.Final)));
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Reversible)));
    }

    [Fact]
    public void A_look_that_may_end_an_action_starts_from_nothing()
    {
        Looked();
        var action = new LifecycleAction("web", "target-drain", new string('a', 36), Now);
        var notice = new TerminationNotice(Id, TerminationReason.LifecycleHook, Now.AddSeconds(-60), action);
        var departure = new Departure(Id).With(Message(), notice);

        Assert.Null(memory.RecordFor(departure));
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Final).With(Message(), new DrainTicket(2, Id, Now, [PendingAction.Of(action)]))));
        Assert.NotNull(memory.RecordFor(new Departure(Id).With(Message(attempt: 2), notice)));
    }

    [Fact]
    public void A_look_is_forgotten_after_ninety_seconds() => clock.Run(async () =>
    {
        Looked();
        await Task.Delay(TimeSpan.FromSeconds(89), clock);
        Assert.NotNull(memory.RecordFor(Departing(TerminationCertainty.Final)));
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Final)));
    });

    [Fact]
    public void It_never_holds_more_than_its_limit_and_forgets_the_oldest_first()
    {
        var most = LookMemory.MostInstances;
        for (var i = 0; i < most + 5; i++) memory.Remember([$"i-{i}"], new LookRecord(Now));

        var kept = Enumerable.Range(0, most + 5).Where(i => memory.RecordFor(Departing(TerminationCertainty.Final, id: $"i-{i}")) is not null).ToList();
        Assert.InRange(kept.Count, most / 2, most);
        Assert.Equal(Enumerable.Range(most + 5 - kept.Count, kept.Count), kept);
    }

    [Fact]
    public void Another_environments_word_from_the_future_counts_as_one_of_now() => clock.Run(async () =>
    {
        memory.Remember(new DrainedBroadcast(1, Now.AddYears(1), [Id]));
        Assert.NotNull(memory.RecordFor(Departing(TerminationCertainty.Final)));
        await Task.Delay(TimeSpan.FromSeconds(90), clock);
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Final)));
    });

    [Fact]
    public void Another_environments_word_is_as_old_as_its_look() => clock.Run(async () =>
    {
        memory.Remember(new DrainedBroadcast(1, Now.AddSeconds(-80), [Id]));
        Assert.NotNull(memory.RecordFor(Departing(TerminationCertainty.Final)));
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Announced, secondsAgo: 60)));
        await Task.Delay(TimeSpan.FromSeconds(10), clock);
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Final)));
    });

    [Fact]
    public void One_message_that_is_new_is_enough_to_start_from_nothing()
    {
        Looked();
        var notice = new TerminationNotice(Id, TerminationReason.LifecycleHook, Now.AddSeconds(-60), new LifecycleAction("web", "target-drain", new string('a', 36), Now));

        Assert.Null(memory.RecordFor(new Departure(Id).With(Message(attempt: 2), notice).With(Message(), notice)));
        Assert.Null(memory.RecordFor(Departing(TerminationCertainty.Final).With(Message(), new TerminationNotice(Id, TerminationReason.OperatorRequest, Now))));
    }

    // Its first attempt was looked for, whenever that was; only what failed is left.
    [Fact]
    public void A_message_that_comes_again_adds_nothing()
    {
        Looked();
        Assert.NotNull(memory.RecordFor(new Departure(Id).With(Message(attempt: 2), new TerminationNotice(Id, TerminationReason.OperatorRequest, Now))));
    }

    [Fact]
    public void Of_two_looks_the_later_counts() => clock.Run(async () =>
    {
        await Task.Delay(TimeSpan.FromSeconds(30), clock);
        Looked();
        await Task.Delay(TimeSpan.FromSeconds(60), clock);
        memory.Remember(["i-1"], new LookRecord(Now));
        var later = new LookRecord(Now);
        memory.Remember([Id], later);

        Assert.Same(later, memory.RecordFor(Departing(TerminationCertainty.Final)));
    });

    private void Looked() => memory.Remember([Id], new LookRecord(Now));

    private Departure Departing(TerminationCertainty certainty, int secondsAgo = 0, string id = Id) =>
        new Departure(id).With(Message(), new TerminationNotice(id, TerminationReason.StateChange, Now.AddSeconds(-secondsAgo), Certainty: certainty));

    private static InboundMessage Message(int attempt = 1) => new("1", "", "handle", attempt);
}
