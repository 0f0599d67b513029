using System.Text.Json;

namespace Amazon.Shared;

/// <summary>Members that may be absent: unset ones are not written, absent ones are read as null.</summary>
internal static class JsonFields
{
    public static void Text(this Utf8JsonWriter json, string name, string value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void Number(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    public static void Texts(this Utf8JsonWriter json, string name, List<string> values) =>
        json.Items(name, values, static (w, v) => w.WriteStringValue(v));

    public static void Items<T>(this Utf8JsonWriter json, string name, List<T> values, Action<Utf8JsonWriter, T> write)
    {
        if (!Unset.IsSent(values)) return;
        json.WriteStartArray(name);
        foreach (var value in values) write(json, value);
        json.WriteEndArray();
    }

    public static void Objects<T>(this Utf8JsonWriter json, string name, List<T> values, Action<Utf8JsonWriter, T> members) =>
        json.Items(name, values, (w, v) =>
        {
            w.WriteStartObject();
            members(w, v);
            w.WriteEndObject();
        });

    public static void Map<T>(this Utf8JsonWriter json, string name, Dictionary<string, T> values, Action<Utf8JsonWriter, T> write)
    {
        if (!Unset.IsSent(values)) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            write(json, value);
        }

        json.WriteEndObject();
    }

    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(this JsonElement json, string name) => json.Member(name)?.GetString();

    public static bool? Flag(this JsonElement json, string name) => json.Member(name)?.GetBoolean();

    public static List<T> List<T>(this JsonElement json, string name, Func<JsonElement, T> read)
    {
        if (json.Member(name) is not { } array) return null;
        var list = new List<T>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray()) list.Add(read(item));
        return list;
    }

    public static Dictionary<string, T> Map<T>(this JsonElement json, string name, Func<JsonElement, T> read)
    {
        if (json.Member(name) is not { } map) return null;
        var values = new Dictionary<string, T>();
        foreach (var member in map.EnumerateObject()) values[member.Name] = read(member.Value);
        return values;
    }
}
