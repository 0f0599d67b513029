namespace TargetDrain.Targets;

/// <summary>What a look found of one instance.</summary>
internal sealed class DrainStatus
{
    private readonly ConcurrentQueue<Drain> draining = new();
    private readonly ConcurrentQueue<string> problems = new();

    /// <summary>Groups that still hold it, all of them draining.</summary>
    public IReadOnlyCollection<Drain> Draining => draining;

    /// <summary>Groups that did not answer or could not be deregistered from. While there is one, nothing is certain.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    public bool IsCertain => problems.IsEmpty;

    /// <summary>Every group that could hold it was asked in this look. Only such a look can end a lifecycle action.</summary>
    public bool IsFull { get; private set; } = true;

    public void Add(Drain drain) => draining.Enqueue(drain);

    public void Add(string problem) => problems.Enqueue(problem);

    public void NotAsked() => IsFull = false;
}

/// <summary>An instance's way out of one group.</summary>
/// <param name="BegunAt">When we deregistered it; null when somebody else did, at a time unknown.</param>
/// <param name="IsNetwork">The load balancer is one of type network, which goes on sending for a while.</param>
/// <param name="Delay">The group's deregistration delay; null when it is not known.</param>
internal sealed record Drain(string GroupArn, DateTimeOffset? BegunAt, bool IsNetwork, TimeSpan? Delay = null);
