using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Events;

public sealed class RequireTests
{
    [Theory]
    [InlineData("i-1", true)]
    [InlineData("i-0123456789abcdef0", true)]
    [InlineData("i-0123456789abcdef01", false)]
    [InlineData("i-", false)]
    [InlineData("i-0123456789ABCDEF0", false)]
    [InlineData("i-12g4", false)]
    [InlineData("x-1234", false)]
    [InlineData("1234", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_instance_id_is_i_and_hexadecimal_digits(string? id, bool isGood) => Check(isGood, () => Assert.Equal(id, Require.InstanceId(id, "field")));

    [Theory]
    [InlineData(35, false)]
    [InlineData(36, true)]
    [InlineData(37, false)]
    [InlineData(0, false)]
    public void A_token_has_36_characters(int length, bool isGood) =>
        Check(isGood, () => Assert.Equal(length, Require.ActionToken(new string('a', length), "field").Length));

    [Theory]
    [InlineData(1, true)]
    [InlineData(1600, true)]
    [InlineData(1601, false)]
    public void A_text_has_a_length_that_Auto_Scaling_allows(int length, bool isGood) =>
        Check(isGood, () => Assert.Equal(length, Require.Text(new string('a', length), "field").Length));

    [Theory]
    [InlineData(1999, false)]
    [InlineData(2000, true)]
    [InlineData(2999, true)]
    [InlineData(3000, false)]
    public void A_time_is_of_this_millennium(int year, bool isGood) => Check(isGood, () =>
    {
        Assert.Equal(year, Require.Time(new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero), "field").Year);
        Assert.Equal(year, Require.Time(new DateTime(year, 6, 1, 0, 0, 0, DateTimeKind.Utc), "field").Year);
    });

    [Fact]
    public void A_time_of_no_zone_is_UTC_and_one_of_the_machines_is_converted()
    {
        var time = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        Assert.Equal(new DateTimeOffset(time), Require.Time(time, "field"));
        Assert.Equal(new DateTimeOffset(time), Require.Time(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), "field"));
        Assert.Equal(new DateTimeOffset(time), Require.Time(time.ToLocalTime(), "field"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(7200, true)]
    [InlineData(7201, false)]
    public void Seconds_are_one_at_least_and_no_more_than_there_may_be(int seconds, bool isGood) =>
        Check(isGood, () => Assert.Equal(seconds, Require.Seconds(seconds, "field", 7200)));

    [Fact]
    public void What_others_wrote_is_quoted_short_and_on_one_line()
    {
        Assert.Equal(new string('a', 64), Require.Quote(new string('a', 64)));
        Assert.Equal(new string('a', 64) + "…", Require.Quote(new string('a', 65)));
        Assert.Equal("a?b?c?d?e é", Require.Quote("a\nb\u2028c\u2029d\u001be é"));
        Assert.Equal("f?", new MalformedMessageException("f\n", "is wrong.").Field);
    }

    private static void Check(bool isGood, Action check)
    {
        if (isGood) check();
        else Assert.Equal("field", Assert.Throws<MalformedMessageException>(check).Field);
    }
}
