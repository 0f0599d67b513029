using System.IO.Enumeration;
using TargetDrain.Lifecycle;

namespace TargetDrain;

/// <summary>Everything that can be configured, as environment variables; read and checked once, at the start.</summary>
internal sealed record DrainOptions
{
    /// <summary>The queue the tickets go to; the one that feeds the function.</summary>
    public required string QueueUrl { get; init; }

    /// <summary>The queue for what ends in two minutes; null when there is only one queue.</summary>
    public string? UrgentQueueUrl { get; init; }

    /// <summary>The hooks that are ours to complete; * and ? as wildcards.</summary>
    public IReadOnlySet<string> LifecycleHookNames { get; init; } = new HashSet<string> { "target-drain" };

    /// <summary>The EC2 states whose notification makes us act.</summary>
    public IReadOnlySet<string> InstanceStates { get; init; } = new HashSet<string> { "shutting-down" };

    /// <summary>Accounts, beside the function's own, whose events count.</summary>
    public IReadOnlySet<string> EventAccounts { get; init; } = new HashSet<string>();

    /// <summary>Regions, beside the function's own, whose events count.</summary>
    public IReadOnlySet<string> EventRegions { get; init; } = new HashSet<string>();

    public bool DrainOnRebalance { get; init; }

    public bool DrainOnTerminateSuccessful { get; init; }

    /// <summary>Also look for addresses in groups of other VPCs, in registrations with zone "all".</summary>
    public bool PeeredVpcs { get; init; }

    /// <summary>Only groups with this tag, or all but those; null for all.</summary>
    public TargetGroupTag? TargetGroupTag { get; init; }

    /// <summary>Name patterns with * and ?; empty for all.</summary>
    public IReadOnlyList<string> TargetGroupNames { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlySet<string> VpcIds { get; init; } = new HashSet<string>();

    public bool DryRun { get; init; }

    /// <summary>What a lifecycle action ends with, by outcome.</summary>
    public IReadOnlyDictionary<DrainOutcome, ActionResult> Results { get; init; } = DefaultResults;

    /// <summary>How much longer than its deregistration delay a drain may take.</summary>
    public TimeSpan DrainMargin { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>When to look again at a drain whose end is not known; each further gap is twice as long.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a load balancer of type network keeps sending after deregistration, whatever the delay.</summary>
    public TimeSpan NetworkMinimumWait { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Whether the look before completing is narrowed to the groups that held the instance and those new since.</summary>
    public bool FinalLookIsNarrow { get; init; }

    /// <summary>Older requests, recommendations and warnings are not acted upon.</summary>
    public TimeSpan MaximumEventAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Our share of the account's API limits, 0.01 to 1.</summary>
    public double ApiShare { get; init; } = 0.9;

    /// <summary>How often the queue delivers a message before it goes to the dead-letter queue.</summary>
    public int MaxReceiveCount { get; init; } = 20;

    public string MetricsNamespace { get; init; } = "TargetDrain";

    // ABANDON can keep the instance running and billed where the group retains abandoned instances; CONTINUE never does.
    private static readonly Dictionary<DrainOutcome, ActionResult> DefaultResults = new()
    {
        [DrainOutcome.Drained] = ActionResult.Continue,
        [DrainOutcome.NothingRegistered] = ActionResult.Continue,
        [DrainOutcome.TimedOut] = ActionResult.Continue,
        [DrainOutcome.GaveUp] = ActionResult.Leave,
    };

    /// <exception cref="ConfigurationException">Lists every variable that is wrong.</exception>
    public static DrainOptions FromEnvironment(Func<string, string?> variable)
    {
        var read = new EnvironmentReader(variable);
        var options = Read(read);
        read.ThrowIfWrong();
        return options;
    }

    /// <summary>The order is that of the README's table.</summary>
    public static DrainOptions Read(EnvironmentReader read) => new()
    {
        QueueUrl = read.Url("QUEUE_URL", "the URL of the queue that feeds this function"),
        UrgentQueueUrl = read.OptionalUrl("URGENT_QUEUE_URL", "the URL of the queue for urgent messages"),
        LifecycleHookNames = read.Names("LIFECYCLE_HOOK_NAMES", "target-drain", IsHookPattern, "a comma-separated list of at least one hook name, with * and ? as wildcards"),
        InstanceStates = read.Choices("INSTANCE_STATES", "shutting-down", "stopping", "stopped", "shutting-down", "terminated"),
        EventAccounts = read.List("EVENT_ACCOUNTS", IsAccount, "a comma-separated list of account ids, 12 digits each"),
        EventRegions = read.List("EVENT_REGIONS", IsRegion, "a comma-separated list of regions, such as eu-central-1"),
        DrainOnRebalance = read.Switch("DRAIN_ON_REBALANCE"),
        DrainOnTerminateSuccessful = read.Switch("DRAIN_ON_TERMINATE_SUCCESSFUL"),
        PeeredVpcs = read.Switch("PEERED_VPCS"),
        TargetGroupTag = read.Tag("TARGET_GROUP_TAG", "TARGET_GROUP_TAG_MODE"),
        TargetGroupNames = [.. read.List("TARGET_GROUP_NAMES", IsNamePattern, "a comma-separated list of names, with * and ? as wildcards")],
        VpcIds = read.List("VPC_IDS", IsVpc, "a comma-separated list of VPC ids, such as vpc-0123456789abcdef0"),
        DryRun = read.Switch("DRY_RUN"),
        Results = new Dictionary<DrainOutcome, ActionResult>
        {
            [DrainOutcome.Drained] = read.Result("RESULT_DRAINED", DefaultResults[DrainOutcome.Drained]),
            [DrainOutcome.NothingRegistered] = read.Result("RESULT_NOTHING_REGISTERED", DefaultResults[DrainOutcome.NothingRegistered]),
            [DrainOutcome.TimedOut] = read.Result("RESULT_TIMED_OUT", DefaultResults[DrainOutcome.TimedOut]),
            [DrainOutcome.GaveUp] = read.Result("RESULT_GAVE_UP", DefaultResults[DrainOutcome.GaveUp]),
        },
        DrainMargin = read.Seconds("DRAIN_MARGIN_SECONDS", 120, 0, 3600),
        CheckInterval = read.Seconds("CHECK_INTERVAL_SECONDS", 30, 1, 900),
        NetworkMinimumWait = read.Seconds("NLB_MINIMUM_WAIT_SECONDS", 120, 0, 900),
        FinalLookIsNarrow = read.Choice("FINAL_LOOK", "full", "full", "known") == "known",
        MaximumEventAge = read.Seconds("MAX_EVENT_AGE_SECONDS", 900, 60, 86_400),
        ApiShare = read.Number("API_SHARE_PERCENT", 90, 1, 100) / 100.0,
        MaxReceiveCount = read.Number("MAX_RECEIVE_COUNT", 20, 1, 1000),
        MetricsNamespace = read.Text("METRICS_NAMESPACE", "TargetDrain"),
    };

    /// <summary>Whether a hook is ours to complete.</summary>
    public bool IsOurs(string hookName) =>
        LifecycleHookNames.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, hookName, ignoreCase: false));

    // What Auto Scaling allows in a name, and the wildcards.
    private static bool IsHookPattern(string text) =>
        text.Length <= 255 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '/' or '*' or '?');

    private static bool IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    private static bool IsRegion(string text) => text.Split('-').Length >= 3 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static bool IsNamePattern(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '*' or '?');

    private static bool IsVpc(string text) => text.StartsWith("vpc-", StringComparison.Ordinal) && text.Length > 4 && text[4..].All(char.IsAsciiHexDigitLower);
}

/// <param name="Value">Null when the key alone decides.</param>
internal sealed record TargetGroupTag(string Key, string? Value, TagMode Mode);

internal enum TagMode
{
    /// <summary>Groups that carry the tag, and no others.</summary>
    Only,

    /// <summary>All groups but those that carry the tag.</summary>
    Except,
}
