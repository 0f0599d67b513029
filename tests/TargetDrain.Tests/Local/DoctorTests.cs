using System.Text.Json;
using System.Text.Json.Nodes;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Faults;
using TargetDrain.Local.Commands;
using TargetDrain.Local.Hosting;
using TargetDrain.Reconcile;
using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>What "doctor" finds in an installation that was deployed, and then changed.</summary>
public sealed class DoctorTests
{
    private static readonly IReadOnlyList<string?> Checks = ["stack", "queue", "function", "rules", "alarms", "reconciler", "target-groups", "hooks", "permissions"];

    [Fact]
    public async Task A_fresh_installation_has_nothing_to_do_but_the_demos_short_heartbeat()
    {
        using var account = new DemoAccount();
        account.World.AutoScaling.PutHook("shop", new LifecycleHook("target-drain") { HeartbeatTimeout = 900 });
        var (exit, output) = await account.RunAsync(DoctorCommand.RunAsync, "doctor --stack target-drain");
        Assert.True(exit == 0, output);
        Assert.Contains("ok       The stack target-drain is CREATE_COMPLETE, version 1.0.0.\n", output, StringComparison.Ordinal);
        Assert.Contains("ok       target-drain reads the queue target-drain-urgent.\n", output, StringComparison.Ordinal);
        Assert.Contains("ok       5 rules send to the stack: LifecycleRule, OperatorRule, ReconcileRule, SpotRule, StateChangeRule.\n", output, StringComparison.Ordinal);
        Assert.Contains("note     Off, as the stack's parameters say: RebalanceRule, TerminateSuccessfulRule.\n", output, StringComparison.Ordinal);
        Assert.Contains("ok       None of the 16 alarms has gone off.\n", output, StringComparison.Ordinal);
        Assert.Contains("ok       The hook of shop outlasts the slowest drain (2.2 min).\n", output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing to do.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reconcilers_last_run_is_told_and_its_state_stays_where_it_is()
    {
        using var account = new DemoAccount();
        var queue = account.World.Queues.Find("target-drain-ReconcileQueue.fifo")!;
        async Task<string> DoctorAsync() => (await account.RunAsync(DoctorCommand.RunAsync, "doctor")).Output;
        Assert.Contains("note     The reconciler is running now, or has not run yet.\n", await DoctorAsync(), StringComparison.Ordinal);

        var baton = Baton.First with { StartedAt = TimeProvider.System.GetUtcNow().AddMinutes(-2), Last = new RunSummary(5, IsWhole: true, Orphans: 2, Removed: 0, Recovered: 1) };
        queue.Send(baton.ToJson(), groupId: "baton");
        var output = await DoctorAsync();
        Assert.Contains("ok       The reconciler's last run began 2 min ago: 5 target groups, 2 orphans, 0 removed, 1 lifecycle actions recovered.\n", output, StringComparison.Ordinal);
        Assert.Contains("warning  2 registered targets belong to nothing.\n", output, StringComparison.Ordinal);
        Assert.Equal(1, queue.Counts.Visible);

        queue.Purge();
        queue.Send((baton with { StartedAt = TimeProvider.System.GetUtcNow().AddHours(-1) }).ToJson(), groupId: "baton");
        Assert.Contains("warning  The reconciler's last run began 60 min ago; one is due every 5 min.\n", await DoctorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_was_changed_by_hand_is_found()
    {
        using var account = new DemoAccount();
        var function = account.World.Stack.Function(Installation.FunctionName)!;
        account.World.Stack.Add(function with
        {
            ReservedConcurrency = 0,
            LastUpdateStatus = "Failed",
            LastUpdateStatusReason = "the image is gone",
            Settings = function.Settings with { RecursiveLoop = "Terminate" },
            Sources = [.. function.Sources.Select(source => source with { State = "Disabled" })],
        });
        account.World.Stack.Add(account.World.Stack.Stack("target-drain")! with { Status = "UPDATE_ROLLBACK_COMPLETE" });
        await EventBridgeAsync(account, "DisableRule", """{"Name":"target-drain-SpotRule"}""");
        await EventBridgeAsync(account, "RemoveTargets", """{"Rule":"target-drain-StateChangeRule","Ids":["UrgentQueue"]}""");
        await account.World.Alarms.InvokeAsync("SetAlarmState", JsonNode.Parse("""{"AlarmName":"target-drain-ErrorsAlarm","StateValue":"ALARM","StateReason":"Threshold Crossed"}""")!.AsObject(), default);
        account.World.AutoScaling.CreateGroup(new AutoScalingGroupSpec("game"));
        account.World.AutoScaling.AttachInstances("game", account.Demo.Spot.Id);

        var (exit, output) = await account.RunAsync(DoctorCommand.RunAsync, "doctor");

        Assert.Equal(1, exit);
        foreach (var line in new[]
        {
            "warning  The stack target-drain is UPDATE_ROLLBACK_COMPLETE: what runs may not be what was deployed last.",
            "ERROR    The event source of target-drain is disabled: nobody reads the queue target-drain.",
            "ERROR    The last update of target-drain failed, and it runs as it was before: the image is gone.",
            "ERROR    target-drain may not run at all: its reserved concurrency is 0.",
            "ERROR    Lambda stops target-drain after 16 tickets of one drain (RecursiveLoop is Terminate)",
            "ERROR    The rule target-drain-SpotRule is disabled although SpotInterruptions=true: nothing of it is heard.",
            "ERROR    The rule target-drain-StateChangeRule does not send to the stack, but to nobody.",
            "ERROR    The alarm target-drain-ErrorsAlarm has gone off: The function failed as a whole",
            "warning  game has no terminating hook named target-drain: Auto Scaling will not wait for the drain, and 4 registrations",
        }) Assert.Contains(line, output, StringComparison.Ordinal);
        Assert.EndsWith("Something is wrong.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_are_told_with_their_reason_and_stay_where_they_are()
    {
        using var account = new DemoAccount();
        account.Installation.DeadLetters.Send("""{"source":"aws.ec2","detail-type":"EC2 Spot Instance Interruption Warning","time":"2026-01-01T00:00:00Z","detail":{}}""");
        account.Installation.DeadLetters.Send("nobody understands this");
        var (exit, output) = await account.RunAsync(DoctorCommand.RunAsync, "doctor");
        Assert.Equal(1, exit);
        Assert.Contains("2 dead letters: requests whose retries are exhausted.", output, StringComparison.Ordinal);
        Assert.Matches("note     Dead letter [0-9a-f-]{36}, sent [0-9]+ s ago: .*instance-id", output);
        Assert.Matches("note     Dead letter [0-9a-f-]{36}, sent [0-9]+ s ago: is not JSON", output);
        Assert.Contains("The alarm target-drain-DeadLetterAlarm has gone off", output, StringComparison.Ordinal);
        Assert.Equal(2, account.Installation.DeadLetters.Counts.Visible);
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named()
    {
        using var account = new DemoAccount();
        foreach (var operation in new[] { "DescribeAlarms", "ListStackResources" })
            account.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = operation });
        var (_, output) = await account.RunAsync(DoctorCommand.RunAsync, "doctor --stack target-drain");
        Assert.Contains("do: Grant cloudformation:ListStackResources to yourself.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_documented_shape_and_nothing_else_on_standard_output()
    {
        await using var aws = await DemoAws.StartAsync();
        var (exit, output, error) = await aws.RunAsync("doctor", "--json");
        Assert.True(exit == 1, output + error);
        using var report = JsonDocument.Parse(output);
        Assert.Equal(["identity", "stack", "worst", "findings"], report.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("target-drain", "warning"), (report.RootElement.GetProperty("stack").GetString(), report.RootElement.GetProperty("worst").GetString()));
        Assert.All(report.RootElement.GetProperty("findings").EnumerateArray(), finding =>
        {
            Assert.Equal(["check", "severity", "text", "whatToDo"], finding.EnumerateObject().Select(member => member.Name));
            Assert.Contains(finding.GetProperty("check").GetString(), Checks);
        });
    }

    private static Task<JsonObject> EventBridgeAsync(DemoAccount account, string operation, string input) =>
        account.World.Rules.InvokeAsync(operation, JsonNode.Parse(input)!.AsObject(), default);
}
