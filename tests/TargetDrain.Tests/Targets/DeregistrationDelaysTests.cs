using TargetDrain.Calls;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class DeregistrationDelaysTests
{
    private const string Describe = "DescribeTargetGroupAttributes";

    private readonly Workbench bench = new();
    private readonly DeregistrationDelays delays;

    public DeregistrationDelaysTests() => delays = new DeregistrationDelays(bench.Aws.LoadBalancing, bench.Api, bench.Log);

    [Fact]
    public void What_a_group_says_now_counts() => bench.Clock.Run(async () =>
    {
        var web = bench.Group("web", delay: 45);
        Assert.Equal(45, await SecondsOf(web));
        bench.World.LoadBalancing.SetAttribute(web, "deregistration_delay.timeout_seconds", "0");
        Assert.Equal(0, await SecondsOf(web));
    });

    [Fact]
    public void One_that_says_none_may_take_an_hour_and_one_that_is_deleted_nothing() => bench.Clock.Run(async () =>
    {
        var lambda = bench.World.LoadBalancing.CreateTargetGroup(new("lambda") { TargetType = "lambda", Protocol = null, Port = null }).Arn;
        Assert.Equal(3600, await SecondsOf(lambda));
        var web = bench.Group("web");
        bench.World.LoadBalancing.DeleteTargetGroup(web);
        Assert.Equal(0, await SecondsOf(web));
    });

    [Fact]
    public void One_that_could_not_be_asked_is_asked_again() => bench.Clock.Run(async () =>
    {
        var web = bench.Group("web", delay: 45);
        bench.Fail(Describe, times: 1);

        Assert.Null(await SecondsOf(web));
        Assert.Single(bench.Log.Written);
        Assert.Equal(45, await SecondsOf(web));
    });

    private async Task<double?> SecondsOf(string arn) => (await delays.OfAsync(arn, Urgency.Normal, default))?.TotalSeconds;
}
