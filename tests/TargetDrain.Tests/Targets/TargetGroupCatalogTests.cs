using Amazon.ElasticLoadBalancingV2.Model;
using TargetDrain.Calls;
using TargetDrain.Emulator.Faults;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class TargetGroupCatalogTests
{
    private readonly Workbench bench = new();

    [Fact]
    public void Groups_come_a_page_of_four_hundred_at_a_time_without_those_of_other_types() => bench.Clock.Run(async () =>
    {
        for (var n = 0; n < 401; n++) bench.Group($"g-{n}", n % 2 == 0 ? "instance" : "ip");
        bench.World.LoadBalancing.CreateTargetGroup(new("lambda") { TargetType = "lambda", Protocol = null, Port = null });

        var pages = await PagesAsync(new DrainOptions());

        Assert.Equal([400, 1], pages.Select(page => page.Count));
        Assert.Equal(2, bench.Calls("DescribeTargetGroups"));
        Assert.Equal(0, bench.Calls("DescribeTags"));
    });

    [Fact]
    public void An_error_ends_the_pages_after_those_that_came() => bench.Clock.Run(async () =>
    {
        for (var n = 0; n < 401; n++) bench.Group($"g-{n}");
        bench.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeTargetGroups", Skip = 1 });
        var pages = 0;

        await Assert.ThrowsAnyAsync<Amazon.Runtime.AmazonServiceException>(async () =>
        {
            await foreach (var page in Of(new DrainOptions()).ListAsync(Urgency.Normal, default)) pages += page.Count;
        });
        Assert.Equal(400, pages);
    });

    [Theory]
    [InlineData("only", true)]
    [InlineData("except", false)]
    public void Tags_are_asked_for_twenty_groups_at_a_time(string mode, bool tagged) => bench.Clock.Run(async () =>
    {
        for (var n = 0; n < 41; n++) bench.Group($"g-{n}", tag: n < 5 ? "drain" : "other");

        var names = (await PagesAsync(new DrainOptions { TargetGroupTag = TagFilter.Parse("drain"), TargetGroupTagExcludes = mode == "except" })).SelectMany(page => page).Select(group => group.TargetGroupName);

        Assert.Equal(Enumerable.Range(0, 41).Where(n => n < 5 == tagged).Select(n => $"g-{n}"), names);
        Assert.Equal(3, bench.Calls("DescribeTags"));
    });

    // It is listed, and deleted before its tags are asked for.
    [Fact]
    public void One_that_is_deleted_meanwhile_keeps_none_of_the_others_out() => bench.Clock.Run(async () =>
    {
        var groups = Enumerable.Range(0, 3).Select(n => bench.Group($"g-{n}", tag: "drain")).ToList();
        var gone = false;
        bench.World.Faults.Add(new FaultRule(Fault.AccessDenied)
        {
            Operation = "DescribeTags",
            When = _ =>
            {
                if (!gone) bench.World.LoadBalancing.DeleteTargetGroup(groups[1]);
                gone = true;
                return false;
            },
        });

        var page = Assert.Single(await PagesAsync(new DrainOptions { TargetGroupTag = TagFilter.Parse("drain") }));
        Assert.Equal(["g-0", "g-2"], page.Select(group => group.TargetGroupName));
        Assert.Equal(4, bench.Calls("DescribeTags"));
    });

    [Theory]
    [InlineData("", "", true)]
    [InlineData("web-*", "", true)]
    [InlineData("api-*,web-?", "", true)]
    [InlineData("Web-*", "", false)]
    [InlineData("", "vpc-1", true)]
    [InlineData("", "vpc-2", false)]
    [InlineData("web-*", "vpc-2", false)]
    [InlineData("api-*", "vpc-1", false)]
    public void A_name_and_a_vpc_narrow_both(string names, string vpcs, bool covers) => Assert.Equal(covers, new TargetGroupScope(new DrainOptions
    {
        TargetGroupNames = Set(names), VpcIds = Set(vpcs),
    }).CoversByName(new TargetGroup { TargetGroupName = "web-1", VpcId = "vpc-1" }));

    [Fact]
    public void A_group_without_a_vpc_is_in_none() =>
        Assert.False(new TargetGroupScope(new DrainOptions { VpcIds = Set("vpc-1") }).CoversByName(new TargetGroup { TargetGroupName = "web" }));

    [Theory]
    [InlineData("", "only", true, false)]
    [InlineData("drain", "only", true, true)]
    [InlineData("drain", "except", false, true)]
    [InlineData("drain=no", "only", false, true)]
    [InlineData("drain=yes", "only", true, true)]
    [InlineData("drain=no", "except", true, true)]
    [InlineData("team", "only", false, true)]
    [InlineData("Name=yes", "only", false, true)]
    public void A_tag_lets_in_or_keeps_out(string tag, string mode, bool covers, bool needsTags)
    {
        var scope = new TargetGroupScope(new DrainOptions { TargetGroupTag = TagFilter.Parse(tag), TargetGroupTagExcludes = mode == "except" });

        Assert.Equal((covers, needsTags), (scope.CoversByTag([new Tag { Key = "Name", Value = "x" }, new Tag { Key = "drain", Value = "yes" }]), scope.NeedsTags));
    }

    private static HashSet<string> Set(string names) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private TargetGroupCatalog Of(DrainOptions options) => new(bench.Aws.LoadBalancing, bench.Api, new TargetGroupScope(options));

    private async Task<List<IReadOnlyList<TargetGroup>>> PagesAsync(DrainOptions options)
    {
        var pages = new List<IReadOnlyList<TargetGroup>>();
        await foreach (var page in Of(options).ListAsync(Urgency.Normal, default)) pages.Add(page);
        return pages;
    }
}
