using TargetDrain.Events;
using TargetDrain.Queue;
using Xunit;

namespace TargetDrain.Tests.Queue;

public sealed class DrainedNoteTests
{
    private static readonly EventReader Reader = new(new DrainOptions { QueueUrl = "https://queue" }, TimeProvider.System);

    [Fact]
    public void A_note_comes_back_as_it_was_sent()
    {
        var note = new DrainedNote(DrainedNote.CurrentVersion, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), ["i-0123456789abcdef0"]);

        var read = Assert.IsType<Reading.Note>(Reader.Read(note.ToJson(), EventHome.Unknown)).Value;

        Assert.Equal((note.Version, note.At), (read.Version, read.At));
        Assert.Equal(note.InstanceIds, read.InstanceIds);
    }

    [Theory]
    [InlineData("""{"drainedNote":2,"at":"2026-01-01T12:00:00Z","instanceIds":[]}""", "drainedNote")]
    [InlineData("""{"drainedNote":1,"instanceIds":[]}""", "at")]
    [InlineData("""{"drainedNote":1,"at":"2026-01-01T12:00:00Z"}""", "instanceIds")]
    [InlineData("""{"drainedNote":1,"at":"2026-01-01T12:00:00Z","instanceIds":["web"]}""", "instanceIds")]
    public void What_is_wrong_in_a_note_is_named(string body, string field) =>
        Assert.StartsWith(field, Assert.Throws<MalformedMessageException>(() => Reader.Read(body, EventHome.Unknown)).Message, StringComparison.Ordinal);
}
