using System.Buffers;
using TargetDrain.Emulator.AutoScaling;
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
    private readonly DisplayNames names;
    private readonly WorldHistory history;
    private readonly Lock gate = new();
    private readonly Queue<JournalLine> lines = new();
    private readonly Breakages breakages;

    public WorldJson(World world, Installation installation, Breakages breakages)
    {
        (this.world, this.installation, this.breakages, names, Start) = (world, installation, breakages, new DisplayNames(world), world.Clock.GetUtcNow());
        names.Learn();
        history = WorldHistory.Of(world);
        world.Journal.Written += Follow;
    }

    /// <summary>What the function calls, and the page can make fail.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        "DescribeTargetHealth", "DeregisterTargets", "DescribeTargetGroups", "DescribeTargetGroupAttributes", "DescribeInstances",
        "DescribeLifecycleHooks", "RecordLifecycleActionHeartbeat", "CompleteLifecycleAction", "SendMessageBatch",
    ];

    public DisplayNames Names => names;

    /// <summary>From when seconds are counted.</summary>
    public DateTimeOffset Start { get; }

    public void Dispose() => world.Journal.Written -= Follow;

    public byte[] Write()
    {
        var now = world.Clock.GetUtcNow();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("seconds", Math.Round((now - Start).TotalSeconds, 1));
            json.WriteString("where", $"account {world.Options.Account}, {world.Options.Region}");
            WriteStrings(json, "operations", Operations);
            breakages.Write(json);
            WriteInstances(json, now);
            WriteWork(json, now);
            json.WriteStartArray("lines");
            lock (gate)
            {
                foreach (var line in lines)
                {
                    json.WriteStartObject();
                    json.WriteNumber("at", Math.Round((line.At - Start).TotalSeconds, 1));
                    json.WriteString("tone", line.Tone.ToString());
                    json.WriteString("source", line.Source);
                    json.WriteString("text", line.Text);
                    json.WriteEndObject();
                }
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private void Follow(JournalEntry entry)
    {
        history.Follow(entry);
        if (JournalLine.Of(entry, names) is not { } line) return;
        lock (gate)
        {
            lines.Enqueue(line);
            if (lines.Count > MostLines) lines.Dequeue();
        }
    }

    private void WriteInstances(Utf8JsonWriter json, DateTimeOffset now)
    {
        var spans = history.Registrations
            .Where(span => span.GoneAt is null || now - span.GoneAt < TimeSpan.FromSeconds(20))
            .ToLookup(span => names.OwnerOf(span.GroupArn, span.Id) ?? "");
        var all = world.Compute.Instances;
        json.WriteNumber("instanceCount", all.Count);
        json.WriteStartArray("instances");
        foreach (var instance in all.OrderBy(instance => instance.State == "terminated").Take(MostInstances))
        {
            json.WriteStartObject();
            json.WriteString("id", instance.Id);
            json.WriteString("name", names.NameOf(instance.Id));
            json.WriteString("state", instance.State);
            json.WriteBoolean("spot", instance.SpotBehavior is not null);
            json.WriteString("vpc", instance.VpcId);
            json.WriteString("address", instance.PrivateIpAddress ?? "");
            if (world.AutoScaling.Member(instance.Id) is { } member) WriteMember(json, member, now);
            json.WriteStartArray("registrations");
            foreach (var span in spans[instance.Id]) WriteRegistration(json, span, instance, now);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter json, GroupMember member, DateTimeOffset now)
    {
        json.WriteString("scaling", member.Group.Name);
        json.WriteString("lifecycle", member.LifecycleState);
        if (member.Actions.ToArray().FirstOrDefault(action => action.Result is null) is not { } waiting) return;
        json.WriteString("hook", waiting.Hook.Name);
        json.WriteNumber("hookLeft", Math.Round((waiting.Expires - now).TotalSeconds));
    }

    private static void WriteRegistration(Utf8JsonWriter json, RegistrationSpan span, Instance instance, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("group", span.Group);
        json.WriteString("target", span.Id == instance.Id ? TargetName.PortOf(span.Target) : span.Target);
        json.WriteString("state", span.GoneAt is not null ? "gone" : span.DrainingFrom is not null ? "draining" : "registered");
        json.WriteNumber("progress", Math.Round(span.Progress(now), 3));
        json.WriteNumber("delay", span.Delay.TotalSeconds);
        json.WriteString("by", DisplayNames.By(span.By));
        json.WriteEndObject();
    }

    private void WriteWork(Utf8JsonWriter json, DateTimeOffset now)
    {
        var counts = installation.Queue.Counts;
        json.WriteNumber("visible", counts.Visible);
        json.WriteNumber("delayed", counts.Delayed);
        json.WriteNumber("inFlight", counts.InFlight);
        json.WriteNumber("dead", installation.DeadLetters.Counts.All);
        var runs = history.Invocations;
        json.WriteNumber("running", installation.Function.Running);
        json.WriteNumber("invocations", runs.Count);
        json.WriteNumber("billed", runs.Sum(run => run.Billed.TotalMilliseconds));
        var hooks = history.Hooks;
        json.WriteStartArray("hooks");
        foreach (var hook in hooks.TakeLast(8).Reverse())
        {
            json.WriteStartObject();
            json.WriteString("name", $"{hook.Group}/{hook.Hook}");
            json.WriteString("who", names.NameOf(hook.InstanceId));
            json.WriteString("result", hook.Result ?? "");
            json.WriteString("by", hook.By == "caller" ? "TargetDrain" : hook.By);
            json.WriteNumber("seconds", Math.Round(((hook.To ?? now) - hook.From).TotalSeconds, 1));
            json.WriteNumber("beats", hook.Heartbeats.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
