namespace TargetDrain.Emulator.Queues;

/// <summary>The Simple Queue Service of one account in one region: its queues by name, ARN and URL.</summary>
internal sealed partial class QueueService(TimeProvider clock, WorldJournal journal, string account, string region)
{
    private const int LongestName = 80;

    private readonly SortedDictionary<string, SqsQueue> queues = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public string Account { get; } = account;

    public string Region { get; } = region;

    /// <summary>What queue URLs begin with; the server's own address when there is one.</summary>
    public string Endpoint { get; set; } = $"https://sqs.{region}.amazonaws.com";

    /// <returns>The new queue, or the one there is if its settings do not contradict.</returns>
    /// <exception cref="Wire.AwsErrorException">QueueNameExists, or a name or setting that is not allowed.</exception>
    public SqsQueue Create(string name, QueueAttributes? attributes = null)
    {
        var wanted = attributes ?? new QueueAttributes();
        FifoRules.CheckName(name, wanted.IsFifo);
        // The suffix counts.
        if (name.Length > LongestName || !QueueName().IsMatch(wanted.IsFifo ? name[..^FifoRules.Suffix.Length] : name))
            throw SqsError.InvalidParameter("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        CheckRedrive(wanted);
        SqsQueue? present;
        lock (gate)
        {
            if (!queues.TryGetValue(name, out present))
                return queues[name] = new SqsQueue(name, $"arn:aws:sqs:{Region}:{Account}:{name}", wanted, clock, journal, FindByArn);
        }
        var differing = wanted.ToWire().Except(present.Attributes.ToWire()).Select(pair => pair.Key).FirstOrDefault();
        return differing is null ? present : throw SqsError.QueueNameExists(differing);
    }

    public SqsQueue? Find(string name)
    {
        lock (gate) return queues.GetValueOrDefault(name);
    }

    public SqsQueue? FindByArn(string arn) =>
        arn.Split(':') is ["arn", _, "sqs", var region, var account, var name] && region == Region && account == Account ? Find(name) : null;

    /// <param name="url">Any host; the path is /account/name. SQS takes a bare name too.</param>
    /// <exception cref="Wire.AwsErrorException">QueueDoesNotExist.</exception>
    public SqsQueue ByUrl(string url) =>
        (url.Split('/') switch
        {
            [.., var account, var name] when account == Account => Find(name),
            [var name] => Find(name),
            _ => null,
        }) ?? throw SqsError.QueueDoesNotExist();

    public string UrlOf(SqsQueue queue) => $"{Endpoint.TrimEnd('/')}/{Account}/{queue.Name}";

    public IReadOnlyList<SqsQueue> List(string prefix = "")
    {
        lock (gate) return [.. queues.Values.Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal))];
    }

    public void Remove(SqsQueue queue)
    {
        lock (gate) queues.Remove(queue.Name);
    }

    /// <exception cref="Wire.AwsErrorException">The dead-letter queue does not exist, or is of the other kind.</exception>
    public void CheckRedrive(QueueAttributes attributes)
    {
        if (attributes.Redrive is not { } redrive) return;
        var target = FindByArn(redrive.DeadLetterTargetArn)
            ?? throw SqsError.InvalidParameter(redrive.ToWire(), "RedrivePolicy", "Dead letter target does not exist.");
        if (target.IsFifo != attributes.IsFifo)
            throw SqsError.InvalidParameter(redrive.ToWire(), "RedrivePolicy", "Dead-letter queue must be same type of queue as the source.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}\z")]
    private static partial Regex QueueName();
}
