using TargetDrain.Calls;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

/// <summary>Many targets at once, and what becomes of the rest when one is refused.</summary>
public sealed class DeregistrarChunkTests
{
    private const string Operation = "DeregisterTargets";

    private readonly Workbench bench = new();

    [Fact]
    public void Two_hundred_leave_in_one_call() => bench.Clock.Run(async () =>
    {
        var group = Registered(201);

        var taken = await TakeOutAsync(group);

        Assert.Equal(201, taken.Count);
        Assert.All(taken, one => Assert.Equal((null, bench.Now), (one.Problem, one.At)));
        Assert.Equal(2, bench.Calls(Operation));
        Assert.All(bench.World.LoadBalancing.Targets(group), target => Assert.Equal("draining", target.Health.State));
    });

    [Theory]
    [InlineData("InvalidTarget")]
    [InlineData("ValidationError")]
    public void One_that_is_refused_keeps_no_other_in(string code) => bench.Clock.Run(async () =>
    {
        var group = Registered(8);
        var bad = (await bench.RegisteredAsync(group))[5];
        IReadOnlyList<Registration> asked = [];
        bench.World.Faults.Add(new FaultRule(Fault.Of(code, 400, "x")) { Operation = Operation, When = _ => asked.Any(one => one.Target.Id == bad.Target.Id) });

        var taken = await Of().TakeOutAsync(group, await bench.RegisteredAsync(group), chunk => Task.FromResult(asked = chunk), Urgency.Normal, default);

        Assert.Equal(8, taken.Count);
        var left = Assert.Single(taken, one => one.Problem is not null);
        Assert.Equal(bad.Target.Id, left.Registration.Target.Id);
        Assert.Contains(code, left.Problem, StringComparison.Ordinal);
        Assert.InRange(bench.Calls(Operation), 5, 7);
        Assert.Single(bench.World.LoadBalancing.Targets(group), target => target.Health.State != "draining");
    });

    [Fact]
    public void Any_other_error_is_one_for_all_of_the_call() => bench.Clock.Run(async () =>
    {
        var group = Registered(3);
        bench.Fail(Operation);

        var taken = await TakeOutAsync(group);

        Assert.Equal(3, taken.Count);
        Assert.All(taken, one => Assert.StartsWith($"DeregisterTargets in {group}: AccessDenied", one.Problem, StringComparison.Ordinal));
        Assert.Equal(1, bench.Calls(Operation));
        Assert.Single(bench.Log.Written);
    });

    [Fact]
    public void From_a_group_that_is_deleted_there_is_nobody_to_take() => bench.Clock.Run(async () =>
    {
        var group = Registered(2);
        var registrations = await bench.RegisteredAsync(group);
        bench.World.LoadBalancing.DeleteTargetGroup(group);

        Assert.Empty(await Of().TakeOutAsync(group, registrations, chunk => Task.FromResult(chunk), Urgency.Normal, default));
        Assert.Empty(bench.Log.Written);
    });

    [Fact]
    public void Those_that_are_no_longer_to_go_stay() => bench.Clock.Run(async () =>
    {
        var group = Registered(3);
        var registrations = await bench.RegisteredAsync(group);

        Assert.Empty(await Of().TakeOutAsync(group, registrations, _ => Task.FromResult<IReadOnlyList<Registration>>([]), Urgency.Normal, default));
        Assert.Equal(0, bench.Calls(Operation));
        Assert.Empty(await Of().TakeOutAsync(group, [], chunk => Task.FromResult(chunk), Urgency.Normal, default));

        var taken = await Of().TakeOutAsync(group, registrations, chunk => Task.FromResult<IReadOnlyList<Registration>>([chunk[1]]), Urgency.Normal, default);
        Assert.Equal(registrations[1], Assert.Single(taken).Registration);
        Assert.Single(bench.World.LoadBalancing.Targets(group), target => target.Health.State == "draining");
    });

    [Fact]
    public void In_a_dry_run_none_goes_and_each_is_told() => bench.Clock.Run(async () =>
    {
        var group = Registered(2);
        var taken = await new Deregistrar(bench.Aws.LoadBalancing, bench.Api, dryRun: true, bench.Metrics, bench.Clock, bench.Log)
            .TakeOutAsync(group, await bench.RegisteredAsync(group), chunk => Task.FromResult(chunk), Urgency.Normal, default);

        Assert.All(taken, one => Assert.Null(one.Problem));
        Assert.Equal((2, 2, 0), (taken.Count, bench.Log.Written.Count, bench.Calls(Operation)));
    });

    private Deregistrar Of() => new(bench.Aws.LoadBalancing, bench.Api, dryRun: false, bench.Metrics, bench.Clock, bench.Log);

    private async Task<IReadOnlyList<Deregistration>> TakeOutAsync(string group) =>
        await Of().TakeOutAsync(group, await bench.RegisteredAsync(group), chunk => Task.FromResult(chunk), Urgency.Normal, default);

    private string Registered(int count)
    {
        var group = bench.Group("web");
        bench.World.LoadBalancing.Register(group, [.. bench.World.Compute.RunInstances(new InstanceSpec(), count).Select(one => new TargetSpec(one.Id))]);
        return group;
    }
}
