using System.Buffers;
using System.Buffers.Text;
using System.Security;

namespace TargetDrain.Emulator.Wire;

/// <summary>
/// Writes XML straight into bytes: an answer of a thousand targets is a quarter of a megabyte, and a sweep asks for
/// thousands of those.
/// </summary>
internal sealed class XmlBuffer(int capacity = 1024)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'");
    private readonly ArrayBufferWriter<byte> buffer = new(capacity);

    public ReadOnlyMemory<byte> Bytes => buffer.WrittenMemory;

    public void Open(string name)
    {
        buffer.Write("<"u8);
        Raw(name);
        buffer.Write(">"u8);
    }

    public void Open(string name, string xmlNamespace)
    {
        buffer.Write("<"u8);
        Raw(name);
        buffer.Write(" xmlns=\""u8);
        Raw(xmlNamespace);
        buffer.Write("\">"u8);
    }

    public void Close(string name)
    {
        buffer.Write("</"u8);
        Raw(name);
        buffer.Write(">"u8);
    }

    /// <summary>Nothing when the value is null.</summary>
    public void Element(string name, string? value)
    {
        if (value is null) return;
        Open(name);
        Text(value);
        Close(name);
    }

    public void Element(string name, int? value)
    {
        if (value is not { } number) return;
        Open(name);
        Text(number);
        Close(name);
    }

    public void Text(string value) => Raw(value.AsSpan().ContainsAny(Special) ? SecurityElement.Escape(value) : value);

    public void Text(int value)
    {
        Utf8Formatter.TryFormat(value, buffer.GetSpan(16), out var written);
        buffer.Advance(written);
    }

    public void Element(string name, bool? value)
    {
        if (value is { } flag) Element(name, flag ? "true" : "false");
    }

    public void Element(string name, DateTimeOffset? value) =>
        Element(name, value?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public void Element(string name, Action content)
    {
        Open(name);
        content();
        Close(name);
    }

    /// <summary>A list as an element with one child per item: "member" in Query, "item" in EC2.</summary>
    public void List<T>(string name, string child, IEnumerable<T> items, Action<T> write)
    {
        Open(name);
        foreach (var item in items)
        {
            Open(child);
            write(item);
            Close(child);
        }
        Close(name);
    }

    public void List(string name, string child, IEnumerable<string> items) => List(name, child, items, Text);

    /// <summary>A map as AWS lists it: tags by Key and Value, say.</summary>
    public void Pairs(string name, string child, string key, string value, IEnumerable<KeyValuePair<string, string>> pairs) => List(name, child, pairs, pair =>
    {
        Element(key, pair.Key);
        Element(value, pair.Value);
    });

    /// <summary>Grows once instead of often.</summary>
    public void Reserve(int bytes) => buffer.GetSpan(bytes);

    /// <summary>Bytes that are XML already.</summary>
    public void Append(ReadOnlySpan<byte> xml) => buffer.Write(xml);

    private void Raw(string text)
    {
        var span = buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        buffer.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
