using System.Globalization;
using Amazon.Runtime.Internal;

namespace Amazon.Shared;

/// <summary>Writes the members of a structure as form parameters: Name, Name.member.1, Name.member.1.Field.</summary>
internal readonly struct FormWriter(ParameterCollection form, string path)
{
    public void Add(string name, string value)
    {
        if (value is not null) form.Add(path + name, value);
    }

    public void Add(string name, int? value)
    {
        if (value is { } number) form.Add(path + name, number.ToString(CultureInfo.InvariantCulture));
    }

    public void Add(string name, bool? value)
    {
        if (value is { } flag) form.Add(path + name, flag ? "true" : "false");
    }

    public void Add(string name, List<string> values)
    {
        if (!Begin(name, values)) return;
        for (var i = 0; i < values.Count; i++) form.Add(ItemPath(name, i), values[i] ?? "");
    }

    public void Add<T>(string name, List<T> values, Action<FormWriter, T> members)
    {
        if (!Begin(name, values)) return;
        for (var i = 0; i < values.Count; i++) members(new FormWriter(form, ItemPath(name, i) + "."), values[i]);
    }

    private bool Begin<T>(string name, List<T> values)
    {
        if (!Unset.IsSent(values)) return false;
        if (values.Count == 0) form.Add(path + name, "");
        return true;
    }

    private string ItemPath(string name, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}{name}.member.{index + 1}");
}
