using System.Buffers;
using System.Net;
using System.Text;
using System.Xml;

namespace TargetDrain.Targets;

/// <summary>
/// The tags of a document as AWS writes it, one after the other: UTF-8, names and texts, no strings made of either. A look at a large
/// account is millions of descriptions of targets that stay; XmlReader, and the collector behind it, were half of the function's time.
/// Attributes and namespaces do not count. What is not well-formed, and what AWS does not write, is an error: an answer cut short must
/// not look like one with fewer targets.
/// </summary>
internal sealed class XmlTags(Stream stream) : IDisposable
{
    private const int FirstSize = 16 * 1024;

    // No text or tag of an answer is nearly as long.
    private const int LargestSize = 1024 * 1024;
    private const int MostDepth = 32;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int at;
    private int end;
    private Range text;
    private Range name;
    private bool isEmptyElement;
    private bool hadRoot;

    // The names of the open elements, one behind the other.
    private byte[] open = new byte[256];
    private readonly int[] openEnds = new int[MostDepth + 1];

    /// <summary>Of the element whose tag was read: 1 is the root.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the tag closes its element.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Valid until the next tag is read; so is <see cref="Text"/>.</summary>
    public ReadOnlySpan<byte> Name => buffer.AsSpan()[name];

    /// <summary>Where a tag closes: the text since the tag before, which is all of the element's if it has no others in it.</summary>
    public ReadOnlySpan<byte> Text => buffer.AsSpan()[text];

    public string TextAsString() => Text.Contains((byte)'&') ? WebUtility.HtmlDecode(Encoding.UTF8.GetString(Text)) : Encoding.UTF8.GetString(Text);

    /// <returns>False at the end of the document.</returns>
    /// <exception cref="XmlException">Not well-formed, or cut short.</exception>
    public bool Read()
    {
        if (IsEnd) Depth--;
        if (isEmptyElement)
        {
            (isEmptyElement, IsEnd, text) = (false, true, default);
            return true;
        }
        IsEnd = false;
        while (true)
        {
            var opens = Find((byte)'<', 0);
            if (opens < 0) return hadRoot && Depth == 0 ? false : throw new XmlException("The answer ends before its end.");
            var closes = Find((byte)'>', opens + 1);
            if (closes < 0) throw new XmlException("The answer ends in a tag.");
            var begin = at;
            at += closes + 1;
            var tag = new Range(begin + opens + 1, begin + closes);
            switch (buffer[begin + opens + 1])
            {
                // The declaration.
                case (byte)'?' when Depth == 0: continue;
                case (byte)'?' or (byte)'!': throw new XmlException("The answer has a comment, CDATA or a document type: AWS writes none.");
                case (byte)'/':
                    text = new Range(begin, begin + opens);
                    Close(tag);
                    return true;
                default:
                    Open(tag);
                    return true;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Open(Range tag)
    {
        var (start, length) = tag.GetOffsetAndLength(buffer.Length);
        isEmptyElement = buffer[start + length - 1] == '/';
        var content = buffer.AsSpan(start, isEmptyElement ? length - 1 : length);
        var blank = content.IndexOfAny(" \t\r\n"u8);
        var nameLength = blank < 0 ? content.Length : blank;
        if (nameLength == 0) throw new XmlException("The answer has a tag without a name.");
        if (Depth == 0 && hadRoot) throw new XmlException("The answer has two roots.");
        if (Depth == MostDepth) throw new XmlException("The answer is nested deeper than any of AWS's.");
        hadRoot = true;
        name = new Range(start, start + nameLength);
        var from = openEnds[Depth];
        if (from + nameLength > open.Length) Array.Resize(ref open, Math.Max(2 * open.Length, from + nameLength));
        Name.CopyTo(open.AsSpan(from));
        openEnds[++Depth] = from + nameLength;
    }

    private void Close(Range tag)
    {
        var (start, length) = tag.GetOffsetAndLength(buffer.Length);
        var nameLength = buffer.AsSpan(start + 1, length - 1).TrimEnd(" \t\r\n"u8).Length;
        name = new Range(start + 1, start + 1 + nameLength);
        if (Depth == 0 || !Name.SequenceEqual(open.AsSpan(openEnds[Depth - 1]..openEnds[Depth])))
            throw new XmlException($"The answer closes {Encoding.UTF8.GetString(Name)}, which is not open.");
        IsEnd = true;
    }

    /// <returns>How far it is from where the next text begins; -1 when the document ends before.</returns>
    private int Find(byte wanted, int from)
    {
        while (true)
        {
            var found = buffer.AsSpan(at + from, end - at - from).IndexOf(wanted);
            if (found >= 0) return from + found;
            from = end - at;
            if (!Fill()) return -1;
        }
    }

    private bool Fill()
    {
        if (at > 0) buffer.AsSpan(at..end).CopyTo(buffer);
        (at, end) = (0, end - at);
        if (end == buffer.Length)
        {
            if (buffer.Length >= LargestSize) throw new XmlException("The answer has a text or tag longer than any of AWS's.");
            var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
            buffer.CopyTo(larger.AsSpan());
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
