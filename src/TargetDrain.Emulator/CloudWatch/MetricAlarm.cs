namespace TargetDrain.Emulator.CloudWatch;

/// <summary>What is counted or measured.</summary>
/// <param name="Dimensions">Name and value.</param>
internal sealed record AlarmMetric(string Namespace, string Name, IReadOnlyDictionary<string, string> Dimensions);

/// <summary>An alarm on one metric.</summary>
/// <param name="Threshold">What the statistic is held against with <paramref name="Comparison"/>.</param>
internal sealed record MetricAlarm(string Name, AlarmMetric Metric, string Statistic, string Comparison, double Threshold)
{
    public string? Description { get; init; }

    /// <summary>In seconds.</summary>
    public int Period { get; init; } = 60;

    public int EvaluationPeriods { get; init; } = 1;

    public int? DatapointsToAlarm { get; init; }

    public string? TreatMissingData { get; init; }

    /// <summary>ARNs of the topics that are told when it goes off.</summary>
    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    /// <summary>ARNs of the topics that are told when it is over.</summary>
    public IReadOnlyList<string> OkActions { get; init; } = [];

    /// <summary>The metric now; null where nothing measures it, and for no data.</summary>
    public Func<double?>? Measure { get; init; }
}

/// <summary>The state of an alarm and since when it has it.</summary>
internal sealed record AlarmState(string Value, string Reason, DateTimeOffset Since);
