using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class DryRunScenarios
{
    private static readonly string[] Reading =
        ["DescribeInstances", "DescribeTargetGroups", "DescribeTargetHealth", "DescribeTargetGroupAttributes", "DescribeLifecycleHooks", "DescribeAutoScalingInstances", "DescribeTags", "ReceiveMessage"];

    [Fact]
    public void Everything_is_read_and_logged_and_nothing_is_changed() => Scenario.Play(async scenario =>
    {
        var (web, pods) = (scenario.Group("web"), scenario.Group("pods", type: "ip"));
        var (scaled, stray) = (scenario.Serve(web), scenario.Serve(web));
        scenario.Register(pods, scaled.PrivateIpAddress!);
        scenario.Scale([scaled], heartbeat: 600);

        scenario.Terminate(scaled);
        scenario.Send(Messages.Drain(stray.Id));
        await scenario.Pass(300);

        Assert.All(scenario.In(web).Concat(scenario.In(pods)), target => Assert.EndsWith(" healthy", target, StringComparison.Ordinal));
        Assert.Subset(Reading.ToHashSet(), scenario.Journal.Of<ApiCalled>().Select(call => call.Operation).ToHashSet());
        Assert.Contains($"Information: {scaled.Id} would be deregistered as {scaled.Id}:80 from {web.Arn} (dry run)", scenario.Log());
        Assert.Contains($"Information: {scaled.Id} would be deregistered as {scaled.PrivateIpAddress}:80 from {pods.Arn} (dry run)", scenario.Log());
        Assert.Contains($"Information: {scaled.Id} would have web/target-drain wait or end (dry run): left alone", scenario.Log());
        Assert.Empty(scenario.Ended());
        Assert.Equal((0, 0), (scenario.Installation.Queue.Counts.All, scenario.DeadLetters()));

        await scenario.Pass(600);
        Assert.Equal(["ABANDON by heartbeat timeout"], scenario.Ended());
    }, Scenario.With(("DRY_RUN", "true")));

    [Fact]
    public void When_reading_fails_to_the_last_attempt_no_hook_is_kept_alive_or_ended() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web"));
        scenario.Scale([instance]);
        scenario.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "DescribeTargetHealth" });

        scenario.Terminate(instance);
        await scenario.Pass(3500);

        Assert.Equal(1, scenario.DeadLetters());
        Assert.DoesNotContain(scenario.Journal.Of<ApiCalled>(), call => call is { Service: "autoscaling", Operation: not ("DescribeLifecycleHooks" or "DescribeAutoScalingInstances") });
    }, Scenario.OnlyLifecycleActions(("DRY_RUN", "true"), ("RESULT_GAVE_UP", "CONTINUE")));

    [Fact]
    public void A_ticket_from_before_the_switch_is_not_completed() => Scenario.Play(async scenario =>
    {
        var instance = scenario.Serve(scenario.Group("web"));
        scenario.Scale([instance]);
        scenario.Terminate(instance);

        scenario.Send($$"""
            {"drainTicket":1,"instanceId":"{{instance.Id}}","startedAt":"2026-01-01T00:00:00Z","deadline":"2026-01-01T00:10:00Z","groups":[],
             "actions":[{"group":"web","hook":"target-drain","token":"{{scenario.TokenOf(instance)}}","startedAt":"2026-01-01T00:00:00Z",
                         "heartbeatSeconds":3600,"globalSeconds":172800,"lastHeartbeat":"2026-01-01T00:00:00Z"}]}
            """);
        await scenario.Pass(30);

        Assert.Empty(scenario.Calls("CompleteLifecycleAction"));
        Assert.Equal(0, scenario.Installation.Queue.Counts.All);
    }, Scenario.WithoutRules(("DRY_RUN", "true")));
}
