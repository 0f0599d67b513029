namespace TargetDrain.Targets;

/// <summary>What a look found of one instance.</summary>
internal sealed class DrainStatus(string instanceId)
{
    private readonly Lock state = new();
    private readonly List<Drain> draining = [];
    private readonly List<string> problems = [];
    private volatile bool isFull = true;

    /// <summary>Of an instance that was not looked for, since nobody says whether it still leaves.</summary>
    public static DrainStatus Undecided(string instanceId)
    {
        var status = new DrainStatus(instanceId);
        status.Add("neither EC2 nor Auto Scaling says whether it still leaves");
        return status;
    }

    public string InstanceId { get; } = instanceId;

    /// <summary>Groups that still hold it, all of them draining.</summary>
    public IReadOnlyList<Drain> Draining
    {
        get { lock (state) return [.. draining]; }
    }

    /// <summary>Groups that did not answer or could not be deregistered from. While there is one, nothing is certain.</summary>
    public IReadOnlyList<string> Problems
    {
        get { lock (state) return [.. problems]; }
    }

    public bool IsCertain => Problems.Count == 0;

    /// <summary>Every group that could hold it was asked in this look. Only such a look can end a lifecycle action.</summary>
    public bool IsFull => isFull;

    public void Add(Drain drain)
    {
        lock (state) draining.Add(drain);
    }

    public void Add(string problem)
    {
        lock (state) problems.Add(problem);
    }

    public void NotAsked() => isFull = false;
}

/// <summary>An instance's way out of one group.</summary>
/// <param name="BegunAt">When we deregistered it; null when somebody else did, at a time unknown.</param>
/// <param name="IsNetwork">The load balancer is one of type network, which goes on sending for a while.</param>
/// <param name="Delay">The group's deregistration delay; null when it is not known.</param>
internal sealed record Drain(string GroupArn, DateTimeOffset? BegunAt, bool IsNetwork, TimeSpan? Delay = null);
