using System.Text.Json;

namespace Amazon.Shared;

/// <summary>Members that may be absent: those are read as null.</summary>
internal static class JsonFields
{
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(this JsonElement json, string name) => json.Member(name)?.GetString();

    public static Dictionary<string, T> Map<T>(this JsonElement json, string name, Func<JsonElement, T> read)
    {
        if (json.Member(name) is not { } map) return null;
        var values = new Dictionary<string, T>();
        foreach (var member in map.EnumerateObject()) values[member.Name] = read(member.Value);
        return values;
    }
}
