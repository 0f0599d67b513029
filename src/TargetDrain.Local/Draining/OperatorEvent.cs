using TargetDrain.Events;

namespace TargetDrain.Local.Draining;

/// <summary>The event by which an operator asks for an instance to be drained, as EventBridge would wrap it.</summary>
internal static class OperatorEvent
{
    public static string Write(string instanceId, DateTimeOffset time) => new JsonObject
    {
        ["version"] = "0",
        ["id"] = Guid.NewGuid().ToString(),
        ["detail-type"] = EventKind.DrainInstance.DetailType,
        ["source"] = EventKind.DrainInstance.Source,
        ["account"] = "",
        ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = "",
        ["resources"] = new JsonArray(),
        ["detail"] = new JsonObject { ["instance-id"] = instanceId },
    }.ToJsonString();
}
