using TargetDrain.Emulator.Queues;

namespace TargetDrain.Emulator.Lambda;

/// <summary>Messages on their way into one invocation: full by number, or by the 6 MB that a payload may have.</summary>
internal sealed class SqsBatch(SqsQueue queue, int size)
{
    private const int PayloadLimit = 6 * 1024 * 1024;

    private readonly List<ReceivedMessage> messages = [];
    private int bytes = SqsEventJson.EnvelopeBytes;

    public IReadOnlyList<ReceivedMessage> Messages => messages;

    public bool IsFull { get; private set; }

    /// <summary>Takes what is visible and fits.</summary>
    /// <param name="most">So many in one call.</param>
    public void Fill(int most)
    {
        messages.AddRange(queue.Receive(Math.Min(most, size - messages.Count), fits: Fits));
        IsFull |= messages.Count == size;
    }

    private bool Fits(ReceivedMessage message)
    {
        var record = SqsEventJson.BytesOf(message, queue.Arn);
        // A single message goes out in any case, or it would stay for ever.
        if (bytes > SqsEventJson.EnvelopeBytes && bytes + record > PayloadLimit)
        {
            IsFull = true;
            return false;
        }
        bytes += record;
        return true;
    }
}
