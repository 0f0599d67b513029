using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TargetDrain.Emulator.Queues;

/// <summary>A message attribute: text for the String and Number types, bytes for Binary.</summary>
/// <param name="DataType">String, Number or Binary, and a custom suffix such as "Number.int".</param>
internal sealed record MessageAttribute(string DataType, string? StringValue, byte[]? BinaryValue)
{
    public int Bytes => Encoding.UTF8.GetByteCount(DataType) + ValueBytes.Length;

    private bool IsBinary => BinaryValue is not null;

    private byte[] ValueBytes => BinaryValue ?? Encoding.UTF8.GetBytes(StringValue!);

    /// <summary>The digest that clients compare with their own: names in byte order, each part with its length before it.</summary>
    public static string? Md5(IReadOnlyDictionary<string, MessageAttribute> attributes)
    {
        if (attributes.Count == 0) return null;
        using var buffer = new MemoryStream();
        foreach (var (name, attribute) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(buffer, Encoding.UTF8.GetBytes(name));
            Append(buffer, Encoding.UTF8.GetBytes(attribute.DataType));
            buffer.WriteByte(attribute.IsBinary ? (byte)2 : (byte)1);
            Append(buffer, attribute.ValueBytes);
        }
        return Md5(buffer.ToArray());
    }

#pragma warning disable CA5351 // SQS proves with MD5 that a message arrived whole; it protects nothing.
    public static string Md5(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351

    private static void Append(MemoryStream buffer, byte[] part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        buffer.Write(length);
        buffer.Write(part);
    }
}
