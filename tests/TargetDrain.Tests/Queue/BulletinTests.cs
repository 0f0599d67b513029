using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Queues;
using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class BulletinTests
{
    private const string Id = "i-0123456789abcdef0";

    private readonly Workbench bench = new();
    private readonly SqsQueue queue;

    // As template.yaml makes it.
    public BulletinTests() => queue = bench.World.Queues.Create(
        "bulletins", new QueueAttributes { VisibilityTimeout = TimeSpan.Zero, Retention = TimeSpan.FromSeconds(600) });

    [Fact]
    public void A_bulletin_comes_back_as_it_was_sent()
    {
        var sent = new Bulletin(Bulletin.CurrentVersion, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), [Id], ["arn:busy"]);

        var read = Bulletin.Parse(sent.ToJson());

        Assert.Equal((sent.Version, sent.At), (read.Version, read.At));
        Assert.Equal(sent.InstanceIds, read.InstanceIds);
        Assert.Equal(sent.BusyGroups, read.BusyGroups);
    }

    [Theory]
    [InlineData("""{"bulletin":1,"instanceIds":[]}""", "at")]
    [InlineData("""{"bulletin":1,"at":"2026-01-01T12:00:00Z","instanceIds":["web"]}""", "instanceIds")]
    [InlineData("""{"bulletin":1,"at":"2026-01-01T12:00:00Z","instanceIds":[],"busyGroups":["arn",""]}""", "busyGroups")]
    [InlineData("""{"bulletin":"x","at":"2026-01-01T12:00:00Z"}""", "bulletin")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    public void What_is_wrong_in_a_bulletin_is_named(string body, string field) =>
        Assert.StartsWith(field, Assert.Throws<MalformedMessageException>(() => Bulletin.Parse(body)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_of_another_version_is_read_as_far_as_it_is_understood()
    {
        var read = Bulletin.Parse("""{"bulletin":2,"at":"2026-01-01T12:00:00Z","more":1}""");
        Assert.Empty(read.InstanceIds.Concat(read.BusyGroups));
    }

    [Fact]
    public void What_is_posted_is_there_for_everybody_for_ten_minutes() => bench.Clock.Run(async () =>
    {
        await Board.PostAsync(Of(Id), default);

        for (var reader = 0; reader < 3; reader++) Assert.Equal([Id], Assert.Single(await Board.ReadAsync(default)).InstanceIds);
        await bench.Pass(600);
        Assert.Empty(await Board.ReadAsync(default));
    });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(10, 2)]
    public void It_is_read_until_nothing_new_comes(int posted, int polls) => bench.Clock.Run(async () =>
    {
        for (var i = 0; i < posted; i++) await Board.PostAsync(Of($"i-{i:x8}"), default);

        Assert.Equal(posted, (await Board.ReadAsync(default)).Count);
        Assert.Equal(polls, bench.Calls("ReceiveMessage"));
    });

    [Fact]
    public void Without_a_queue_there_is_no_call() => bench.Clock.Run(async () =>
    {
        var none = new BulletinBoard(bench.Aws.Queues, bench.Api, null, bench.Clock, bench.Log);
        await none.PostAsync(Of(Id), default);
        Assert.Empty(await none.ReadAsync(default));
        Assert.Equal(0, bench.Calls("SendMessage") + bench.Calls("ReceiveMessage"));
    });

    [Fact]
    public void That_SQS_refuses_harms_nobody_and_is_said() => bench.Clock.Run(async () =>
    {
        bench.Fail("SendMessage");
        bench.Fail("ReceiveMessage");

        await Board.PostAsync(Of(Id), default);
        Assert.Empty(await Board.ReadAsync(default));

        Assert.Equal(2, bench.Log.Written.Count);
    });

    [Fact]
    public void Nobody_waits_for_it_longer_than_a_second() => bench.Clock.Run(async () =>
    {
        bench.World.Faults.Add(new FaultRule(Fault.StallFor(TimeSpan.FromSeconds(5))) { Operation = "ReceiveMessage" });
        var start = bench.Now;

        Assert.Empty(await Board.ReadAsync(default));

        Assert.Equal(1, (bench.Now - start).TotalSeconds, 0.1);
        Assert.Single(bench.Log.Written);
    });

    [Fact]
    public void What_is_no_bulletin_spoils_none_that_was_read_before() => bench.Clock.Run(async () =>
    {
        await Board.PostAsync(Of(Id), default);
        queue.Send("{");

        Assert.Equal([Id], Assert.Single(await Board.ReadAsync(default)).InstanceIds);
        Assert.Single(bench.Log.Written);
    });

    private BulletinBoard Board => field ??= new(bench.Aws.Queues, bench.Api, bench.World.Queues.UrlOf(queue), bench.Clock, bench.Log);

    private Bulletin Of(string id) => new(Bulletin.CurrentVersion, bench.Now, [id], []);
}
