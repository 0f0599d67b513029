namespace TargetDrain.Emulator.Queues;

/// <summary>Names one receive of one message; opaque to clients.</summary>
internal readonly record struct ReceiptHandle(string MessageId, int ReceiveCount)
{
    public static string Of(string queue, QueueMessage message) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{queue} {message.Sent.MessageId} {message.ReceiveCount}"));

    public static ReceiptHandle Parse(string queue, string text)
    {
        Span<byte> bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length)
            && Encoding.UTF8.GetString(bytes[..length]).Split(' ') is [var name, var id, var count]
            && name == queue && int.TryParse(count, out var number))
            return new ReceiptHandle(id, number);
        throw SqsError.ReceiptHandleIsInvalid(text);
    }
}
