using System.Globalization;
using System.Xml;

namespace Amazon.Shared;

/// <summary>
/// Reads an answer forward only, one element at a time. A callback sees each child of a structure once;
/// whatever it leaves unread is skipped. Namespaces are ignored.
/// </summary>
internal sealed class XmlFields : IDisposable
{
    private static readonly XmlReaderSettings Settings = new()
    {
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        DtdProcessing = DtdProcessing.Prohibit,
    };

    private readonly XmlReader _reader;
    private char[] _buffer = new char[256];

    private XmlFields(XmlReader reader) => _reader = reader;

    /// <summary>Name of the element that is being read.</summary>
    public string Name => _reader.LocalName;

    public static XmlFields Open(Stream stream) => new(XmlReader.Create(stream, Settings));

    public void ReadRoot<T>(T target, Action<XmlFields, T> field)
    {
        _reader.MoveToContent();
        Fill(target, field);
    }

    /// <summary>An empty element reads as "".</summary>
    public string Text() => new(Characters());

    /// <summary>For values that occur again and again in one answer: each becomes one string.</summary>
    public string RepeatedText()
    {
        var length = Characters().Length;
        return _reader.NameTable.Add(_buffer, 0, length);
    }

    public int? Int() => Characters() is { Length: > 0 } text ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : null;

    public T Object<T>(Action<XmlFields, T> field)
        where T : new()
    {
        var value = new T();
        Fill(value, field);
        return value;
    }

    /// <summary>The children called "member"; null when there are none.</summary>
    public List<T> List<T>(Func<XmlFields, T> read)
    {
        List<T> list = null;
        if (_reader.IsEmptyElement) return list;
        for (var depth = _reader.Depth; NextChild(depth);)
        {
            if (_reader.LocalName == "member") (list ??= []).Add(read(this));
        }

        return list;
    }

    public List<T> List<T>(Action<XmlFields, T> field)
        where T : new() => List(xml => xml.Object(field));

    public void Fill<T>(T target, Action<XmlFields, T> field)
    {
        if (_reader.IsEmptyElement) return;
        for (var depth = _reader.Depth; NextChild(depth);) field(this, target);
    }

    public void Dispose() => _reader.Dispose();

    private bool NextChild(int depth)
    {
        while (_reader.Read())
        {
            if (_reader.NodeType == XmlNodeType.Element && _reader.Depth == depth + 1) return true;
            if (_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth) return false;
        }

        return false;
    }

    /// <summary>The element's text; valid until the next one is read.</summary>
    private ReadOnlySpan<char> Characters()
    {
        var length = 0;
        if (_reader.IsEmptyElement) return default;
        for (var depth = _reader.Depth; _reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth);)
        {
            if (_reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)) continue;
            while (_reader.ReadValueChunk(_buffer, length, _buffer.Length - length) is > 0 and var count)
            {
                length += count;
                if (length == _buffer.Length) Array.Resize(ref _buffer, 2 * length);
            }
        }

        return _buffer.AsSpan(0, length);
    }
}
