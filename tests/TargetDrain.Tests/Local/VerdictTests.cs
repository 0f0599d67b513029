using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Local.Demo;
using TargetDrain.Local.Hosting;
using Xunit;

namespace TargetDrain.Tests.Local;

public sealed class VerdictTests
{
    private const string Gone = "every registration of the three instances is gone";

    [Fact]
    public void All_holds_when_the_function_works() => Play(DemoRun.WorldOptions, Working, 30, verdict => Assert.True(verdict.Holds, string.Join('\n', verdict.Statements)));

    [Fact]
    public void A_no_names_what_is_left_and_that_nobody_looked() => Play(DemoRun.WorldOptions, Idle, 30, verdict =>
    {
        var no = verdict.Statements.Single(statement => statement.Text == Gone);
        Assert.False(no.Holds);
        Assert.Contains("left: pods-ip 172.31.0.6:3000; the function did not look", no.Why, StringComparison.Ordinal);
        Assert.Contains(verdict.Statements, statement => statement is { Holds: false, Why: "it still waits" });
    });

    [Fact]
    public void A_no_tells_that_the_address_was_forgotten_before_the_function_looked() => Play(
        DemoRun.WorldOptions with { AddressesKept = TimeSpan.FromMilliseconds(400) }, Working, 40, verdict =>
            Assert.Contains(
                "left: pods-ip 172.31.0.6:3000; EC2 had forgotten the address 0.6 s before the function looked",
                verdict.Statements.Single(statement => statement.Text == Gone).ToString(), StringComparison.Ordinal));

    [Fact]
    public void A_no_in_the_middle_tells_how_far_the_drain_is() => Play(DemoRun.WorldOptions, Working, 3, verdict =>
        Assert.Contains("game-nlb", verdict.Statements.Single(statement => statement.Text == Gone).Why, StringComparison.Ordinal));

    private static Installation Working(World world) => Installation.InProcess(world, DemoRun.InstallationOptions);

    private static Installation Idle(World world) => new(
        world, DemoRun.InstallationOptions, _ => (_, _, _) => Task.FromResult<ReadOnlyMemory<byte>>("{}"u8.ToArray()));

    private static void Play(WorldOptions options, Func<World, Installation> install, int seconds, Action<Verdict> check)
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var world = new World(clock, options);
            using var installation = install(world);
            var demo = new DemoWorld(world);
            new DemoRun(demo, installation).Begin();
            await Task.Delay(TimeSpan.FromSeconds(seconds), clock);
            check(Verdict.Of(demo, installation));
        });
    }
}
