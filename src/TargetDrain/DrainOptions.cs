using System.IO.Enumeration;

namespace TargetDrain;

/// <summary>Everything that can be configured, as environment variables; read and checked once, at the start.</summary>
internal sealed record DrainOptions(EnvironmentReader Variables)
{
    /// <summary>The defaults, for whoever sets the rest in code.</summary>
    public DrainOptions() : this(new EnvironmentReader(_ => null)) { }

    /// <exception cref="ConfigurationException">Lists every variable that is wrong.</exception>
    public static DrainOptions FromEnvironment(Func<string, string?> variable)
    {
        var options = new DrainOptions(new EnvironmentReader(variable));
        options.Variables.ThrowIfWrong();
        return options;
    }

    /// <summary>The queue the tickets go to; the one that feeds the function.</summary>
    public string QueueUrl { get; init; } = Variables.Url("QUEUE_URL", "the URL of the queue that feeds this function");
    /// <summary>The queue for what ends in two minutes; null when there is only one queue.</summary>
    public string? UrgentQueueUrl { get; init; } = Variables.OptionalUrl("URGENT_QUEUE_URL", "the URL of the queue for urgent messages");
    /// <summary>The queue through which the function's environments tell each other what they have seen; null when they do not.</summary>
    public string? BulletinQueueUrl { get; init; } = Variables.OptionalUrl("BULLETIN_QUEUE_URL", "the URL of the queue for bulletins");
    /// <summary>The hooks that are ours to complete; * and ? as wildcards.</summary>
    public IReadOnlySet<string> LifecycleHookNames { get; init; } =
        Variables.List("LIFECYCLE_HOOK_NAMES", "target-drain", IsHookPattern, "at least one hook name, with * and ? as wildcards");
    /// <summary>The EC2 states whose notification makes us act.</summary>
    public IReadOnlySet<string> InstanceStates { get; init; } = Variables.List(
        "INSTANCE_STATES", "shutting-down", state => state is "stopping" or "stopped" or "shutting-down" or "terminated",
        "stopping, stopped, shutting-down, terminated");
    /// <summary>Accounts, beside the function's own, whose events count.</summary>
    public IReadOnlySet<string> EventAccounts { get; init; } =
        Variables.List("EVENT_ACCOUNTS", "", text => text.Length == 12 && text.All(char.IsAsciiDigit), "account ids, 12 digits each");
    /// <summary>Regions, beside the function's own, whose events count.</summary>
    public IReadOnlySet<string> EventRegions { get; init; } = Variables.List(
        "EVENT_REGIONS", "", text => text.Split('-').Length >= 3 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'),
        "regions, such as eu-central-1");
    public bool DrainOnRebalance { get; init; } = Variables.Switch("DRAIN_ON_REBALANCE");
    public bool DrainOnTerminateSuccessful { get; init; } = Variables.Switch("DRAIN_ON_TERMINATE_SUCCESSFUL");
    /// <summary>Also look for addresses in groups of other VPCs, in registrations with zone "all".</summary>
    public bool PeeredVpcs { get; init; } = Variables.Switch("PEERED_VPCS");
    /// <summary>Only groups with this tag, or all but those; null for all.</summary>
    public TagFilter? TargetGroupTag { get; init; } = TagFilter.Parse(Variables.Text("TARGET_GROUP_TAG", "", text => !text.StartsWith('='), "a tag key, or key=value"));
    /// <summary>Whether groups with that tag are left out, not let in.</summary>
    public bool TargetGroupTagExcludes { get; init; } = Variables.Choice("TARGET_GROUP_TAG_MODE", "only", "only or except", "only", "except") == "except";
    /// <summary>Name patterns with * and ?; empty for all.</summary>
    public IReadOnlySet<string> TargetGroupNames { get; init; } = Variables.List(
        "TARGET_GROUP_NAMES", "", text => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '*' or '?'),
        "names, with * and ? as wildcards");
    /// <summary>Empty for all.</summary>
    public IReadOnlySet<string> VpcIds { get; init; } = Variables.List(
        "VPC_IDS", "", text => text.StartsWith("vpc-", StringComparison.Ordinal) && text.Length > 4 && text[4..].All(char.IsAsciiHexDigitLower),
        "VPC ids, such as vpc-0123456789abcdef0");
    /// <summary>Only instances with this tag; null for all.</summary>
    public TagFilter? InstanceTag { get; init; } = TagFilter.Parse(Variables.Text("INSTANCE_TAG", "", text => !text.StartsWith('='), "a tag key, or key=value"));
    /// <summary>Only instances of Auto Scaling groups with such names, with * and ?; empty for all.</summary>
    public IReadOnlySet<string> AutoScalingGroupNames { get; init; } = Variables.List(
        "AUTO_SCALING_GROUP_NAMES", "", text => text.Length <= 255, "names, with * and ? as wildcards");
    public bool DryRun { get; init; } = Variables.Switch("DRY_RUN");
    /// <summary>
    /// What a lifecycle action ends with, by outcome. ABANDON can keep the instance running and billed where the group retains abandoned
    /// instances; CONTINUE never does.
    /// </summary>
    public IReadOnlyDictionary<DrainOutcome, ActionResult> Results { get; init; } = new Dictionary<DrainOutcome, ActionResult>
    {
        [DrainOutcome.Drained] = Result(Variables, "RESULT_DRAINED", "CONTINUE"),
        [DrainOutcome.NothingRegistered] = Result(Variables, "RESULT_NOTHING_REGISTERED", "CONTINUE"),
        [DrainOutcome.TimedOut] = Result(Variables, "RESULT_TIMED_OUT", "CONTINUE"),
        [DrainOutcome.GaveUp] = Result(Variables, "RESULT_GAVE_UP", "LEAVE"),
    };
    /// <summary>How much longer than its deregistration delay a drain may take.</summary>
    public TimeSpan DrainMargin { get; init; } = Variables.Seconds("DRAIN_MARGIN_SECONDS", 120, 0, 3600);
    /// <summary>When to look again at a drain whose end is not known; each further gap is twice as long.</summary>
    public TimeSpan CheckInterval { get; init; } = Variables.Seconds("CHECK_INTERVAL_SECONDS", 30, 1, 900);
    /// <summary>How long a load balancer of type network keeps sending after deregistration, whatever the delay.</summary>
    public TimeSpan NetworkMinimumWait { get; init; } = Variables.Seconds("NLB_MINIMUM_WAIT_SECONDS", 120, 0, 900);
    /// <summary>Whether the look before completing is narrowed to the groups that held the instance and those new since.</summary>
    public bool FinalLookIsNarrow { get; init; } = Variables.Choice("FINAL_LOOK", "full", "full or known", "full", "known") == "known";
    /// <summary>Older requests, recommendations and warnings are not acted upon.</summary>
    public TimeSpan MaximumEventAge { get; init; } = Variables.Seconds("MAX_EVENT_AGE_SECONDS", 900, 60, 86_400);
    /// <summary>The most that we take of the account's API limits, 0.01 to 1; less as soon as a call is throttled.</summary>
    public double ApiShare { get; init; } = Variables.Number("API_SHARE_PERCENT", 100, 1, 100) / 100.0;
    /// <summary>The FIFO queue of the reconciler; null when it is off.</summary>
    public string? ReconcileQueueUrl { get; init; } = Variables.OptionalUrl("RECONCILE_QUEUE_URL", "the URL of the reconciler's FIFO queue");
    /// <summary>Whether a target that belongs to nothing is taken out, or only told.</summary>
    public bool RemoveOrphans { get; init; } = Variables.Choice("RECONCILE_ORPHANS", "report", "report or remove", "report", "remove") == "remove";
    /// <summary>How far apart the schedule's runs are.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromMinutes(Variables.Number("RECONCILE_MINUTES", 5, 1, 1440));
    /// <summary>The reconciler's own share of the account's API limits, 0.01 to 1.</summary>
    public double ReconcileShare { get; init; } = Variables.Number("RECONCILE_SHARE_PERCENT", 20, 1, 100) / 100.0;
    /// <summary>Whether EventBridge is told how drains end and which orphans are found.</summary>
    public bool PublishEvents { get; init; } = Variables.Switch("PUBLISH_EVENTS");
    /// <summary>How often the queue delivers a message before it goes to the dead-letter queue.</summary>
    public int MaxReceiveCount { get; init; } = Variables.Number("MAX_RECEIVE_COUNT", 20, 1, 1000);
    public string MetricsNamespace { get; init; } = Variables.Text("METRICS_NAMESPACE", "TargetDrain");

    /// <summary>Whether a hook is ours to complete.</summary>
    public bool IsOurs(string hookName) => IsOneOf(LifecycleHookNames, hookName);

    /// <summary>Whether one of the patterns, with * and ? as wildcards, is the name's.</summary>
    public static bool IsOneOf(IEnumerable<string> patterns, string name) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    // What Auto Scaling allows in a name, and the wildcards.
    private static bool IsHookPattern(string text) =>
        text.Length <= 255 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '/' or '*' or '?');

    private static ActionResult Result(EnvironmentReader variables, string name, string otherwise) => Enum.Parse<ActionResult>(
        variables.Choice(name, otherwise, "CONTINUE, ABANDON, or LEAVE (the hook's own default result)", "CONTINUE", "ABANDON", "LEAVE"), ignoreCase: true);
}
