using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Queues;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class InputTests
{
    // A tenth of what a nightly run does: EMULATOR_FUZZ_CALLS=100000.
    private static readonly int Calls = int.TryParse(
        Environment.GetEnvironmentVariable("EMULATOR_FUZZ_CALLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var calls) ? calls : 10_000;

    [Fact]
    public void No_input_ends_in_a_500_and_no_refusal_leaves_half_a_change()
    {
        const int CallsPerWorld = 2000;
        var stumbles = Stumbles.Count;
        var (statuses, stumbled) = (new SortedDictionary<int, int>(), new List<string>());
        for (var from = 0; from < Calls; from += CallsPerWorld)
        {
            var clock = new VirtualClock();
            clock.Run(async () =>
            {
                var world = new World(clock);
                world.Queues.Create("name-1");
                world.Queues.Create("name-2.fifo", new QueueAttributes { IsFifo = true });
                world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("name-1"));
                var fuzz = new InputFuzz(world, from);
                for (var call = from; call < from + CallsPerWorld && call < Calls; call++)
                {
                    var (sent, answer) = await fuzz.NextAsync();
                    Assert.True(answer.Status < 500, $"call {call}: {sent}\n{Encoding.UTF8.GetString(answer.Body.Span)}");
                    Assert.False(answer.Body.IsEmpty, sent);
                    if (Stumbles.Count > stumbles + stumbled.Count) stumbled.Add($"call {call}: {sent}\n{Encoding.UTF8.GetString(answer.Body.Span)}");
                    statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
                    if (call % 50 == 0) await Task.Delay(TimeSpan.FromSeconds(20), clock);
                }
            });
        }
        Assert.Empty(stumbled);
        Assert.Equal(stumbles, Stumbles.Count);
        // Not everything may bounce off the door.
        Assert.True(statuses[200] > Calls / 20, string.Join(", ", statuses));
        if (Calls > 10_000) File.WriteAllText(Path.Combine(Path.GetTempPath(), "emulator-fuzz.txt"), $"{Calls} calls: {string.Join(", ", statuses)}");
    }

    [Theory]
    [InlineData("elasticloadbalancing")]
    [InlineData("autoscaling")]
    [InlineData("ec2")]
    [InlineData("sts")]
    [InlineData("cloudformation")]
    public async Task Every_operation_of_a_model_is_there(string service)
    {
        var world = new World(new VirtualClock());
        foreach (var operation in ServiceModel.Of(service).Operations)
            Assert.NotEqual("InvalidAction", (await world.SendAsync(service, operation)).Xml().Value("Code"));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_changes_nothing()
    {
        var world = new World(new VirtualClock());
        var id = world.Compute.RunInstance().Id;
        Assert.Equal((412, "DryRunOperation"), await world.FailAsync("ec2", "TerminateInstances", ("InstanceId.1", id), ("DryRun", "true")));
        Assert.Equal("running", world.Compute.Find(id).State);
        Assert.Equal((400, "InvalidInstanceID.NotFound"), await world.FailAsync("ec2", "TerminateInstances", ("InstanceId.1", "i-0123456789abcdef0"), ("DryRun", "true")));
    }

    [Fact]
    public async Task What_an_operation_does_not_read_is_refused_by_name()
    {
        var world = new World(new VirtualClock());
        var answer = (await world.SendAsync("ec2", "RunInstances", ("ImageId", "ami-12345678"), ("MinCount", "1"), ("MaxCount", "1"), ("EbsOptimized", "true"))).Xml();
        Assert.Equal("NotEmulated", answer.Value("Code"));
        Assert.Contains("EbsOptimized", answer.Value("Message"), StringComparison.Ordinal);
        Assert.Empty(world.Compute.Instances);
    }

    [Fact]
    public void A_plan_that_changes_something_and_a_change_that_refuses_are_defects()
    {
        var state = new StateLock(new WorldJournal(new VirtualClock()));
        Assert.Throws<InvalidOperationException>(() => state.Perform(() =>
        {
            state.Change(() => { });
            return () => { };
        }));
        Assert.Throws<InvalidOperationException>(() => state.Perform(() => () => throw AwsErrorException.Validation("too late")));
        Assert.Throws<AwsErrorException>(() => state.Perform(() => throw AwsErrorException.Validation("in time")));
    }

    [Fact]
    public void A_launch_that_does_not_fit_takes_no_address()
    {
        var world = new World(new VirtualClock());
        var subnet = world.Compute.CreateSubnet(world.Compute.CreateVpc("10.0.0.0/24").Id, "10.0.0.0/28");
        Assert.Throws<AwsErrorException>(() => world.Compute.RunInstances(new InstanceSpec { SubnetId = subnet.Id }, subnet.FreeAddresses + 1));
        Assert.Equal(11, subnet.FreeAddresses);
        Assert.Equal(11, world.Compute.RunInstances(new InstanceSpec { SubnetId = subnet.Id }, 11).Count);
    }

    [Fact]
    public void A_network_load_balancer_goes_on_sending_after_the_target_has_left() => Play(
        new WorldOptions { NetworkTrafficLingers = TimeSpan.FromMinutes(2) },
        async (world, clock) =>
        {
            var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("nlb") { Protocol = "TCP", DeregistrationDelay = TimeSpan.Zero });
            var target = new TargetSpec(world.Compute.RunInstance().Id);
            world.LoadBalancing.Register(group.Arn, target);
            world.LoadBalancing.Deregister(group.Arn, target);
            Assert.Empty(world.LoadBalancing.Targets(group.Arn));
            Assert.True(world.LoadBalancing.ReceivesTraffic(group.Arn, target));
            await Task.Delay(TimeSpan.FromMinutes(2), clock);
            Assert.False(world.LoadBalancing.ReceivesTraffic(group.Arn, target));
            Assert.Single(world.Journal.Of<TrafficStopped>());
        });

    [Fact]
    public void A_new_target_is_initial_in_two_steps_before_it_is_healthy() => Play(
        new WorldOptions { RegistrationTime = TimeSpan.FromSeconds(10) },
        async (world, clock) =>
        {
            var group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web"));
            world.LoadBalancing.Register(group.Arn, new TargetSpec(world.Compute.RunInstance().Id));
            var reasons = new List<string?>();
            for (var step = 0; step < 3; step++)
            {
                reasons.Add(world.LoadBalancing.Targets(group.Arn)[0].Health.Reason);
                await Task.Delay(TimeSpan.FromSeconds(5), clock);
            }
            Assert.Equal(["Elb.RegistrationInProgress", "Elb.InitialHealthChecking", null], reasons);
        });

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 2)]
    [InlineData(0, 0, 1)]
    public void Events_of_the_services_get_lost_or_doubled_at_the_rate_that_is_set(double lost, double doubled, int delivered)
    {
        var world = new World(new VirtualClock(), new WorldOptions { EventsLost = lost, EventsDoubled = doubled });
        var got = 0;
        world.Events.Add(new TargetDrain.Emulator.Events.EventRule("r", _ => true, _ => got++));
        world.Events.Publish("aws.ec2", "t", []);
        Assert.Equal(delivered, got);
        world.Events.Publish("mine", "t", new JsonObject());
        Assert.Equal(delivered + (doubled > 0 ? 2 : 1), got);
    }

    [Fact]
    public async Task Another_region_is_another_world()
    {
        var world = new World(new VirtualClock());
        world.Compute.RunInstance();
        var request = QueryCaller.Request("ec2", "DescribeInstances", "AKIATEST");
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);
        var there = (await world.Endpoint.HandleAsync(request with { Headers = headers })).Xml();
        Assert.Empty(there.Descendants("instanceId"));
        Assert.Single((await world.CallAsync("ec2", "DescribeInstances")).Descendants("instanceId"));
    }

    private static void Play(WorldOptions options, Func<World, VirtualClock, Task> play)
    {
        var clock = new VirtualClock();
        clock.Run(() => play(new World(clock, options), clock));
    }
}
