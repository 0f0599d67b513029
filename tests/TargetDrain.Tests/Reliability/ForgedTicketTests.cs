using System.Text.Json.Nodes;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;
using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

/// <summary>A ticket is a message like any other: whoever can send to the queue can write one.</summary>
public sealed class ForgedTicketTests
{
    [Fact]
    public void An_instance_that_nothing_waits_for_is_not_touched() => Holds(async stage =>
    {
        var group = stage.Group("web");
        var instance = stage.Serve(group);
        stage.Scale("web", heartbeat: 3600, instance);

        stage.Installation.Queue.Send(Ticket(stage, instance, group));
        await stage.Pass(3600);

        Assert.Equal("healthy", Assert.Single(stage.World.LoadBalancing.Targets(group.Arn)).Health.State);
    });

    [Theory]
    [InlineData("TARGET_GROUP_NAMES", "web*")]
    [InlineData("TARGET_GROUP_TAG", "drain=yes")]
    [InlineData("VPC_IDS", "vpc-0123456789abcdef0")]
    public void A_group_out_of_scope_is_not_touched_even_while_the_instance_leaves(string variable, string value) => Holds(async stage =>
    {
        var group = stage.Group("other");
        stage.Ledger.OutOfScope(group.Arn);
        var instance = stage.Serve(group);
        stage.Scale("web", heartbeat: 3600, instance);
        // Another hook keeps the action's instance waiting, and with it the token good.
        stage.World.AutoScaling.PutHook("web", new("another") { HeartbeatTimeout = 3600 });
        var held = stage.World.Faults.Add(new FaultRule(Fault.AccessDenied) { Operation = "CompleteLifecycleAction" });
        stage.World.AutoScaling.TerminateInstance(instance.Id);
        var token = stage.World.AutoScaling.Member(instance.Id)!.Actions.Single(action => action.Hook.Name == Stage.OurHook).Token;

        stage.Installation.Queue.Send(Ticket(stage, instance, group, token));
        await stage.Pass(60);
        Assert.Equal("healthy", Assert.Single(stage.World.LoadBalancing.Targets(group.Arn)).Health.State);
        stage.World.Faults.Remove(held);
        await stage.Pass(600);

        Assert.Equal("healthy", Assert.Single(stage.World.LoadBalancing.Targets(group.Arn)).Health.State);
        stage.World.AutoScaling.CompleteAction("web", "another", instance.Id, null, "CONTINUE");
        await stage.Pass(7200);
    }, (variable, value));

    [Fact]
    public void An_address_of_the_same_name_in_another_vpc_is_not_touched() => Holds(async stage =>
    {
        // Who knows the token can end the action; that is what the token is for.
        stage.Ledger.EndsAreForged = true;
        var vpc = stage.World.Compute.CreateVpc("172.31.0.0/16");
        var subnet = stage.World.Compute.CreateSubnet(vpc.Id, "172.31.0.0/20");
        var (own, other) = (stage.Group("own", delay: 300), stage.Group("other", type: "ip", vpc: vpc.Id));
        var leaving = stage.Serve(own);
        var stays = stage.Launch(new InstanceSpec { SubnetId = subnet.Id, Interfaces = [new() { SubnetId = subnet.Id, Address = leaving.PrivateIpAddress }] });
        stage.Register(other, stays);
        stage.Scale("web", heartbeat: 3600, leaving);
        stage.ScaleIn(leaving);
        await stage.Pass(10);
        var token = stage.World.AutoScaling.Member(leaving.Id)!.Actions[0].Token;

        stage.Installation.Queue.Send(Ticket(stage, leaving, other, token, stays.PrivateIpAddress!));
        await stage.Pass(7200);

        Assert.Equal("healthy", Assert.Single(stage.World.LoadBalancing.Targets(other.Arn)).Health.State);
    });

    [Theory]
    [InlineData("token", "short")]
    [InlineData("group", "")]
    [InlineData("startedAt", "9999-12-31T23:59:59Z")]
    [InlineData("heartbeatSeconds", 2147483647)]
    [InlineData("globalSeconds", -1)]
    [InlineData("lookAt", "9999-12-31T23:59:59Z")]
    [InlineData("looks", -1)]
    [InlineData("instanceId", "i-0f76fade0f76fade0 and more")]
    [InlineData("instanceId", "nonsense\nERROR all is lost")]
    public void What_our_own_tickets_never_say_is_refused_and_the_rest_of_the_batch_goes_on(string field, object value) => Holds(async stage =>
    {
        var group = stage.Group("web", delay: 30);
        var (stays, leaves) = (stage.Serve(group), stage.Serve(group));
        stage.Scale("web", heartbeat: 3600, leaves);
        var ticket = JsonNode.Parse(Ticket(stage, stays, group))!.AsObject();
        var place = field switch
        {
            "lookAt" or "looks" or "instanceId" => ticket,
            _ => ticket["actions"]![0]!.AsObject(),
        };
        place[field] = value is string text ? JsonValue.Create(text) : JsonValue.Create((int)value);

        stage.Poison(ticket.ToJsonString());
        stage.ScaleIn(leaves);
        await stage.Pass(7200);

        Assert.Equal(1, stage.Ledger.Figures.MessagesDeadLettered);
        Assert.Equal($"{stays.Id}", Assert.Single(stage.World.LoadBalancing.Targets(group.Arn)).Target.Id);
        Assert.DoesNotContain(stage.World.Journal.Of<FunctionLogged>(), entry => entry.Line.Contains('\n'));
    });

    [Theory]
    [InlineData("hook", "somebody-elses-hook")]
    [InlineData("drainTicket", 99)]
    public void What_may_be_a_ticket_of_another_configuration_or_version_is_no_dead_letter_and_touches_nothing(string field, object value) => Holds(async stage =>
    {
        var group = stage.Group("web", delay: 30);
        var stays = stage.Serve(group);
        stage.Scale("web", heartbeat: 3600, stays);
        var ticket = JsonNode.Parse(Ticket(stage, stays, group))!.AsObject();
        (field == "hook" ? ticket["actions"]![0]!.AsObject() : ticket)[field] = value is string text ? JsonValue.Create(text) : JsonValue.Create((int)value);

        stage.Installation.Queue.Send(ticket.ToJsonString());
        await stage.Pass(7200);

        Assert.Equal(0, stage.Ledger.Figures.MessagesDeadLettered);
        Assert.Single(stage.World.LoadBalancing.Targets(group.Arn));
    });

    [Fact]
    public void A_truncated_ticket_is_refused() => Holds(async stage =>
    {
        var group = stage.Group("web");
        var whole = Ticket(stage, stage.Serve(group), group);
        for (var length = 1; length < whole.Length; length += 37) stage.Poison(whole[..length]);
        await stage.Pass(7200);

        Assert.Single(stage.World.LoadBalancing.Targets(group.Arn));
    });

    private static string Ticket(Stage stage, Instance instance, TargetGroup group, string? token = null, params string[] ids)
    {
        var now = stage.Clock.GetUtcNow();
        return new JsonObject
        {
            ["drainTicket"] = 2,
            ["instanceId"] = instance.Id,
            ["startedAt"] = now,
            ["deadline"] = now.AddHours(1),
            ["actions"] = new JsonArray(new JsonObject
            {
                ["group"] = "web",
                ["hook"] = Stage.OurHook,
                ["token"] = token ?? Guid.NewGuid().ToString(),
                ["startedAt"] = now,
                ["heartbeatSeconds"] = 3600,
                ["globalSeconds"] = 172800,
                ["lastHeartbeat"] = now,
            }),
            ["groups"] = new JsonArray(new JsonObject
            {
                ["arn"] = group.Arn,
                ["ids"] = new JsonArray(ids.Length > 0 ? [.. ids.Select(id => JsonValue.Create(id))] : [JsonValue.Create(instance.Id)]),
                ["endsAt"] = now.AddMinutes(1),
            }),
        }.ToJsonString();
    }

    private static void Holds(Func<Stage, Task> play, params (string Name, string Value)[] variables) =>
        Assert.Empty(Stage.Play(play, new InstallationOptions { Environment = variables.ToDictionary(one => one.Name, one => one.Value) }));
}
