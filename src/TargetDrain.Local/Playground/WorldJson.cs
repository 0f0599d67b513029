using TargetDrain.Emulator.Compute;
using TargetDrain.Local.History;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local.Playground;

/// <summary>The world as the page shows it.</summary>
internal sealed class WorldJson : IDisposable
{
    private const int MostInstances = 60;
    private const int MostLines = 60;

    private readonly World world;
    private readonly Installation installation;
    private readonly WorldHistory history;
    private readonly Lock gate = new();
    private readonly Queue<JournalLine> lines = new();
    private readonly Breakages breakages;

    public WorldJson(World world, Installation installation, Breakages breakages)
    {
        (this.world, this.installation, this.breakages, Names, Start) = (world, installation, breakages, new DisplayNames(world), world.Clock.GetUtcNow());
        Names.Learn();
        history = WorldHistory.Of(world);
        world.Journal.Written += Follow;
    }

    /// <summary>What the function calls, and the page can make fail.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        "DescribeTargetHealth", "DeregisterTargets", "DescribeTargetGroups", "DescribeTargetGroupAttributes", "DescribeInstances",
        "DescribeLifecycleHooks", "RecordLifecycleActionHeartbeat", "CompleteLifecycleAction", "SendMessageBatch",
    ];

    public DisplayNames Names { get; }

    /// <summary>From when seconds are counted.</summary>
    public DateTimeOffset Start { get; }

    public void Dispose() => world.Journal.Written -= Follow;

    public byte[] Write()
    {
        var now = world.Clock.GetUtcNow();
        var state = new JsonObject
        {
            ["seconds"] = Math.Round((now - Start).TotalSeconds, 1),
            ["where"] = $"account {world.Options.Account}, {world.Options.Region}",
            ["operations"] = new JsonArray([.. Operations.Select(operation => JsonValue.Create(operation))]),
            ["broken"] = breakages.ToJson(),
        };
        AddInstances(state, now);
        AddWork(state, now);
        lock (gate)
            state["lines"] = new JsonArray([.. lines.Select(line => new JsonObject
            {
                ["at"] = Math.Round((line.At - Start).TotalSeconds, 1), ["tone"] = line.Tone.ToString(), ["source"] = line.Source, ["text"] = line.Text,
            })]);
        return Encoding.UTF8.GetBytes(state.ToJsonString());
    }

    private void Follow(JournalEntry entry)
    {
        history.Follow(entry);
        if (JournalLine.Of(entry, Names) is not { } line) return;
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > MostLines) lines.Dequeue();
        }
    }

    private void AddInstances(JsonObject state, DateTimeOffset now)
    {
        var spans = history.Registrations
            .Where(span => span.GoneAt is null || now - span.GoneAt < TimeSpan.FromSeconds(20))
            .ToLookup(span => Names.OwnerOf(span.GroupArn, span.Id) ?? "");
        var all = world.Compute.Instances;
        state["instanceCount"] = all.Count;
        state["instances"] = new JsonArray([.. all.OrderBy(instance => instance.State == "terminated").Take(MostInstances).Select(instance =>
        {
            var json = new JsonObject
            {
                ["id"] = instance.Id, ["name"] = Names.NameOf(instance.Id), ["state"] = instance.State, ["spot"] = instance.SpotBehavior is not null,
                ["vpc"] = instance.VpcId, ["address"] = instance.PrivateIpAddress ?? "",
                ["registrations"] = new JsonArray([.. spans[instance.Id].Select(span => Registration(span, instance, now))]),
            };
            if (world.AutoScaling.Member(instance.Id) is not { } member) return json;
            (json["scaling"], json["lifecycle"]) = (member.Group.Name, member.LifecycleState);
            if (member.Actions.ToArray().FirstOrDefault(action => action.Result is null) is { } waiting)
                (json["hook"], json["hookLeft"]) = (waiting.Hook.Name, Math.Round((waiting.Expires - now).TotalSeconds));
            return json;
        })]);
    }

    private static JsonObject Registration(RegistrationSpan span, Instance instance, DateTimeOffset now) => new()
    {
        ["group"] = span.Group,
        ["target"] = span.Id == instance.Id ? TargetName.PortOf(span.Target) : span.Target,
        ["state"] = span.GoneAt is not null ? "gone" : span.DrainingFrom is not null ? "draining" : "registered",
        ["progress"] = Math.Round(span.Progress(now), 3),
        ["delay"] = span.Delay.TotalSeconds,
        ["by"] = DisplayNames.By(span.By),
    };

    private void AddWork(JsonObject state, DateTimeOffset now)
    {
        var (counts, runs) = (installation.Queue.Counts, history.Invocations);
        (state["visible"], state["delayed"], state["inFlight"]) = (counts.Visible, counts.Delayed, counts.InFlight);
        state["dead"] = installation.DeadLetters.Counts.All;
        state["running"] = installation.Function.Running;
        state["invocations"] = runs.Count;
        state["billed"] = runs.Sum(run => run.Billed.TotalMilliseconds);
        state["hooks"] = new JsonArray([.. history.Hooks.TakeLast(8).Reverse().Select(hook => new JsonObject
        {
            ["name"] = $"{hook.Group}/{hook.Hook}", ["who"] = Names.NameOf(hook.InstanceId), ["result"] = hook.Result ?? "", ["by"] = hook.EndedBy,
            ["seconds"] = Math.Round(((hook.To ?? now) - hook.From).TotalSeconds, 1), ["beats"] = hook.Heartbeats.Count,
        })]);
    }
}
