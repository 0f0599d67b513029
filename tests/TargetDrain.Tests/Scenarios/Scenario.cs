using System.Text;
using System.Text.Json;
using TargetDrain.Emulator;
using TargetDrain.Emulator.AutoScaling;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.Compute;
using TargetDrain.Emulator.Faults;
using TargetDrain.Emulator.Journal;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Tests.Scenarios;

/// <summary>A world with TargetDrain installed, in virtual time.</summary>
internal sealed class Scenario
{
    private Scenario(VirtualClock clock, World world, Installation installation)
    {
        Clock = clock;
        World = world;
        Installation = installation;
    }

    public VirtualClock Clock { get; }

    public World World { get; }

    public Installation Installation { get; }

    public WorldJournal Journal => World.Journal;

    /// <summary>Builds the world, installs, and plays.</summary>
    /// <param name="reconciles">Whether the reconciler runs by its schedule.</param>
    public static void Play(Func<Scenario, Task> play, InstallationOptions? options = null, WorldOptions? world = null, bool reconciles = false)
    {
        var clock = new VirtualClock();
        clock.Run(async () =>
        {
            var account = new World(clock, world);
            using var installation = Installation.InProcess(account, (options ?? new()) with { Scheduled = reconciles });
            await play(new Scenario(clock, account, installation));
        });
    }

    public static InstallationOptions With(params (string Name, string Value)[] variables) =>
        new() { Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value) };

    /// <summary>Without rules: nothing comes but what the scenario sends.</summary>
    public static InstallationOptions WithoutRules(params (string Name, string Value)[] variables) =>
        With(variables) with { Rules = new Dictionary<string, string>() };

    /// <summary>Without state changes: when an action has ended and its instance dies, no search follows.</summary>
    public static InstallationOptions OnlyLifecycleActions(params (string Name, string Value)[] variables)
    {
        var rules = new InstalledStack(With(variables), new WorldOptions()).Rules;
        return With(variables) with { Rules = rules.Where(rule => rule.Key == "LifecycleRule").ToDictionary() };
    }

    public Task Pass(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Clock);

    public TargetGroup Group(string name, double delay = 300, string type = "instance", string? vpc = null, string protocol = "HTTP", int port = 80) =>
        World.LoadBalancing.CreateTargetGroup(new TargetGroupSpec(name)
        {
            TargetType = type, VpcId = vpc, Protocol = protocol, Port = port, DeregistrationDelay = TimeSpan.FromSeconds(delay),
        });

    /// <summary>An instance that serves in the groups.</summary>
    public Instance Serve(params IReadOnlyList<TargetGroup> groups) => Serve(new InstanceSpec(), groups);

    public Instance Serve(InstanceSpec spec, params IReadOnlyList<TargetGroup> groups)
    {
        var instance = World.Compute.RunInstance(spec);
        foreach (var group in groups) Register(group, instance.Id);
        return instance;
    }

    public void Register(TargetGroup group, string id, int? port = null) => World.LoadBalancing.Register(group.Arn, new TargetSpec(id, port));

    /// <summary>An Auto Scaling group with one hook of ours and these members.</summary>
    public AutoScalingGroup Scale(IReadOnlyList<Instance> members, int heartbeat = 3600, string hook = "target-drain", string name = "web")
    {
        var group = World.AutoScaling.CreateGroup(new AutoScalingGroupSpec(name));
        World.AutoScaling.PutHook(name, new LifecycleHook(hook) { HeartbeatTimeout = heartbeat });
        World.AutoScaling.AttachInstances(name, [.. members.Select(member => member.Id)]);
        return group;
    }

    public void Terminate(Instance instance) => World.AutoScaling.TerminateInstance(instance.Id);

    /// <summary>Id:port of what a group holds, draining ones too.</summary>
    public IEnumerable<string> In(TargetGroup group) =>
        World.LoadBalancing.Targets(group.Arn).Select(target => $"{target.Target.Id}:{target.Target.Port} {target.Health.State}");

    public IEnumerable<ApiCalled> Calls(string operation) =>
        Journal.Of<ApiCalled>().Where(call => call.Operation == operation && call.Principal == Installation.FunctionAccessKeyId);

    /// <summary>Of the function, on one target group.</summary>
    public int Calls(string operation, TargetGroup group) => Calls(operation).Count(call => call.Resource == group.Arn);

    /// <summary>Straight into the queue, as EventBridge, SNS or a person would.</summary>
    public string Send(string body) => Installation.Queue.Send(body).MessageId;

    /// <summary>The function itself, without the queue.</summary>
    public Task<InvocationResult> InvokeAsync(string payload) => Installation.Function.InvokeAsync(Encoding.UTF8.GetBytes(payload));

    /// <summary>How the lifecycle actions ended: result and by whom.</summary>
    public IEnumerable<string> Ended() => Journal.Of<LifecycleActionEnded>().Select(ended => $"{ended.Result} by {ended.By}");

    public string TokenOf(Instance instance) => Journal.Of<LifecycleActionStarted>().Single(started => started.InstanceId == instance.Id).Token;

    public int DeadLetters() => Installation.DeadLetters.Counts.All;

    /// <summary>The sum of a count in all metric documents.</summary>
    public double Metric(string name) => Log().Where(line => line.StartsWith('{')).Sum(line =>
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;
    });

    /// <summary>Lets the world change at the moment the function's call arrives, before it takes effect.</summary>
    public void Just(string beforeOperation, Action change, TargetGroup? group = null)
    {
        var done = false;
        World.Faults.Add(new FaultRule(Fault.Throttled)
        {
            Operation = beforeOperation,
            When = call =>
            {
                if (done || (group is not null && call.Resource != group.Arn)) return false;
                done = true;
                change();
                return false;
            },
        });
    }

    public IEnumerable<string> Log() => Journal.Of<FunctionLogged>().Select(entry => entry.Line);
}
