using System.Text.Json;

namespace Amazon.Shared;

/// <summary>Writes the members of a structure that are set.</summary>
internal static class JsonMembers
{
    public static void Text(this Utf8JsonWriter json, string name, string value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void List(this Utf8JsonWriter json, string name, List<string> values)
    {
        if (!Unset.IsSent(values)) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void List<T>(this Utf8JsonWriter json, string name, List<T> values, Action<Utf8JsonWriter, T> members)
    {
        if (!Unset.IsSent(values)) return;
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            members(json, value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
