using System.Net;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class AddressIndexTests
{
    private static readonly AddressIndex Index = new(
    [
        new InstanceDescription("i-1", "running", "vpc-1", [IPNetwork.Parse("10.0.0.5/32"), IPNetwork.Parse("2001:db8::5/128"), IPNetwork.Parse("10.0.1.16/28")]),
        new InstanceDescription("i-2", "running", "vpc-1", [IPNetwork.Parse("10.0.0.6/32"), IPNetwork.Parse("2001:db8:1:2:3::/80")]),
    ]);

    [Theory]
    [InlineData("10.0.0.5", "i-1")]
    [InlineData("10.0.0.6", "i-2")]
    [InlineData("10.0.0.7", null)]
    [InlineData("2001:db8::5", "i-1")]
    [InlineData("2001:0DB8:0:0:0:0:0:5", "i-1")]
    [InlineData("10.0.1.15", null)]
    [InlineData("10.0.1.16", "i-1")]
    [InlineData("10.0.1.31", "i-1")]
    [InlineData("10.0.1.32", null)]
    [InlineData("2001:db8:1:2:3::9", "i-2")]
    [InlineData("2001:db8:1:2:4::9", null)]
    [InlineData("i-1", null)]
    [InlineData("", null)]
    public void Compares_addresses_as_addresses_and_prefixes_by_containment(string target, string? owner) =>
        Assert.Equal(owner, Index.OwnerOf(target));
}
