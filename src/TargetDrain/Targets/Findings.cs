namespace TargetDrain.Targets;

/// <summary>What is known of one instance after its groups were looked into and its targets taken out.</summary>
internal sealed class Findings(string instanceId)
{
    private readonly Lock state = new();
    private readonly List<DrainingGroup> draining = [];
    private readonly List<string> problems = [];

    public string InstanceId { get; } = instanceId;

    /// <summary>Groups that still hold it, all of them draining.</summary>
    public IReadOnlyList<DrainingGroup> Draining
    {
        get { lock (state) return [.. draining]; }
    }

    /// <summary>Groups that did not answer or did not let go. While there is one, nothing is certain.</summary>
    public IReadOnlyList<string> Problems
    {
        get { lock (state) return [.. problems]; }
    }

    public bool IsCertain => Problems.Count == 0;

    public void Add(DrainingGroup group)
    {
        lock (state) draining.Add(group);
    }

    public void Add(string problem)
    {
        lock (state) problems.Add(problem);
    }
}

/// <summary>A group from which the instance is on its way out.</summary>
/// <param name="TargetIds">The ids it is registered by: the instance id or addresses.</param>
/// <param name="Since">When we took it out; null when somebody else did, at a time unknown.</param>
internal sealed record DrainingGroup(string Arn, IReadOnlyList<string> TargetIds, DateTimeOffset? Since);
