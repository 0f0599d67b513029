using TargetDrain.Events;
using Xunit;

namespace TargetDrain.Tests.Telemetry;

public sealed class LambdaLogTests
{
    [Theory]
    [InlineData("one\r\nERROR two", "one??ERROR two")]
    [InlineData("colour\u001b[31m", "colour?[31m")]
    [InlineData("next\u0085line\u2028and\u2029paragraph", "next?line?and?paragraph")]
    public void A_value_from_outside_stays_on_its_line(string value, string shown) => Assert.Equal(shown, Require.Quote(value));

    [Fact]
    public void A_value_from_outside_does_not_fill_the_log() => Assert.InRange(Require.Quote(new string('x', 1_000_000), 2000).Length, 1, 2001);
}
