using System.Buffers;
using TargetDrain.Events;

namespace TargetDrain.Local.Diagnostics;

/// <summary>The event by which an operator asks for an instance to be drained, as EventBridge would wrap it.</summary>
internal static class OperatorEvent
{
    public static string Write(string instanceId, DateTimeOffset time)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", "0");
            json.WriteString("id", Guid.NewGuid().ToString());
            json.WriteString("detail-type", EventKind.DrainInstance.DetailType);
            json.WriteString("source", EventKind.DrainInstance.Source);
            json.WriteString("account", "");
            json.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("region", "");
            json.WriteStartArray("resources");
            json.WriteEndArray();
            json.WriteStartObject("detail");
            json.WriteString("instance-id", instanceId);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
