using TargetDrain.Calls;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class AddressBookTests
{
    private readonly Workbench bench = new();

    [Fact]
    public void What_EC2_said_is_taken_for_five_seconds() => bench.Clock.Run(async () =>
    {
        var instance = bench.World.Compute.RunInstance();
        var book = new AddressBook(new InstanceLookup(bench.Aws.Compute, bench.Api), [instance.Id], peeredVpcs: false, Urgency.Normal, bench.Clock);

        var first = await book.FreshAsync(default);
        await bench.Pass(5);
        Assert.Same(first, await book.FreshAsync(default));
        Assert.Equal(1, bench.Calls("DescribeInstances"));
        await bench.Pass(0.1);
        Assert.NotSame(first, await book.FreshAsync(default));
        Assert.Equal(2, bench.Calls("DescribeInstances"));
        Assert.Equal("running", first.Answers.Instances[instance.Id].State);
    });

    [Fact]
    public void One_question_serves_all_who_ask_meanwhile() => bench.Clock.Run(async () =>
    {
        bench.World.Latency.Default = TimeSpan.FromSeconds(2);
        var book = new AddressBook(new InstanceLookup(bench.Aws.Compute, bench.Api), ["i-0123456789abcdef0"], peeredVpcs: false, Urgency.Normal, bench.Clock);

        var all = await Task.WhenAll(book.FreshAsync(default), book.FreshAsync(default), book.FreshAsync(default));
        Assert.All(all, one => Assert.Same(all[0], one));
        Assert.Equal(1, bench.Calls("DescribeInstances"));
    });
}
