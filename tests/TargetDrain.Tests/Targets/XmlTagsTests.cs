using System.Text;
using System.Xml;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class XmlTagsTests
{
    private const string Answer = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Answer xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/">
          <List><member><Id>i-1</Id><Port>80</Port><Zone/></member><member ><Id>a &lt;b&gt; &amp; &#99; ü</Id ></member></List>
          <Empty></Empty>
        </Answer>
        """;

    private static readonly string[] Events =
    [
        "1 Answer", "2 List", "3 member", "4 Id", "4 /Id i-1", "4 Port", "4 /Port 80", "4 Zone", "4 /Zone", "3 /member", "3 member", "4 Id",
        "4 /Id a <b> & c ü", "3 /member", "2 /List", "2 Empty", "2 /Empty", "1 /Answer",
    ];

    [Fact]
    public void Tags_come_with_their_depth_and_their_text() => Assert.Equal(Events, Read(Encoding.UTF8.GetBytes(Answer)));

    [Fact]
    public void It_does_not_matter_in_which_pieces_an_answer_arrives()
    {
        for (var piece = 1; piece < 40; piece++) Assert.Equal(Events, Read(Encoding.UTF8.GetBytes(Answer), piece));
    }

    [Fact]
    public void An_answer_cut_anywhere_is_an_error()
    {
        var whole = Encoding.UTF8.GetBytes(Answer);
        for (var length = 0; length < whole.Length; length++) Assert.Throws<XmlException>(() => Read(whole[..length]));
    }

    [Fact]
    public void Texts_and_tags_may_be_longer_than_the_buffer()
    {
        var text = new string('x', 100_000);
        Assert.Equal(["1 A", $"1 /A {text}"], Read(Encoding.UTF8.GetBytes($"<A a=\"{text}\">{text}</A>")));
        Assert.Throws<XmlException>(() => Read(Encoding.UTF8.GetBytes($"<A>{new string('x', 3_000_000)}</A>")));
    }

    [Theory]
    [InlineData("<html><body>502 Bad Gateway</body>")]
    [InlineData("<html><br><body></body></html>")]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("<A><!-- one --></A>")]
    [InlineData("<A><![CDATA[one]]></A>")]
    [InlineData("<A><B></A></B>")]
    [InlineData("<A></AB>")]
    [InlineData("<AB></A>")]
    [InlineData("<A></A></A>")]
    [InlineData("<A></A><A></A>")]
    [InlineData("<A><?more?></A>")]
    [InlineData("<A><></></A>")]
    [InlineData("</A>")]
    [InlineData("{\"error\":\"no XML at all\"}")]
    public void What_is_not_well_formed_or_not_as_AWS_writes_is_an_error(string answer) =>
        Assert.Throws<XmlException>(() => Read(Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public void Nesting_has_an_end()
    {
        Assert.Equal(64, Read(Nested(32)).Count);
        Assert.Throws<XmlException>(() => Read(Nested(33)));

        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, depth).Select(level => $"<element-{level}>")) + string.Concat(Enumerable.Range(0, depth).Reverse().Select(level => $"</element-{level}>")));
    }

    private static List<string> Read(byte[] answer, int piece = int.MaxValue)
    {
        using var stream = new InPieces(answer, piece);
        using var tags = new XmlTags(stream);
        var events = new List<string>();
        while (tags.Read())
            events.Add($"{tags.Depth} {(tags.IsEnd ? "/" : "")}{Encoding.UTF8.GetString(tags.Name)} {(tags.IsEnd ? tags.TextAsString().Trim() : "")}".Trim());
        return events;
    }

    private sealed class InPieces(byte[] content, int piece) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}
