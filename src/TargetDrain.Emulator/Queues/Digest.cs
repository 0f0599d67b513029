using System.Security.Cryptography;

namespace TargetDrain.Emulator.Queues;

internal static class Digest
{
#pragma warning disable CA5351 // SQS proves with MD5 that a message arrived whole; it protects nothing.
    public static string Md5(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
