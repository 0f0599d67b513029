namespace TargetDrain.Calls;

/// <summary>The APIs of the account, each with a gate of its own for that part of the account's limit which is ours.</summary>
internal sealed class AccountApis(double share, int callsAtOnce, DrainMetrics metrics, TimeProvider clock, Func<double> random)
{
    // What AWS grants an account and Region, as documented for ELBv2 in 2026. The others publish no figures; these are what they were
    // seen to bear. A throttled gate slows down by itself.
    public static readonly CallRate DescribeLoadBalancing = new(PerSecond: 50, Burst: 200);
    private static readonly CallRate ChangeTargets = new(PerSecond: 4, Burst: 20);
    private static readonly CallRate ComputeCalls = new(PerSecond: 20, Burst: 100);
    private static readonly CallRate ScalingCalls = new(PerSecond: 20, Burst: 100);
    private static readonly CallRate QueueCalls = new(PerSecond: 300, Burst: 1000);

    // The least that any Region grants.
    private static readonly CallRate EventCalls = new(PerSecond: 400, Burst: 400);

    // No limit that AWS publishes, so not taken whole.
    private const double ShareOfUnpublished = 0.9;

    // A storm leaves some of the few changes a second to what is critical in another environment, and halves its own when that is refused:
    // a bucket that is emptied to the last drop gives nothing to whoever asks at another moment.
    private const double ShareOfChanges = 0.93;
    private const double CutOfChanges = 0.5;

    // Half of them until a call went well, so that a burst is spent in three rounds. Answers are read one target at a time, and keep little.
    private const int CallsAtOnce = 96;

    // At four a second nothing is gained by more, and all that are under way when the bucket is empty are throttled.
    private const int ChangesAtOnce = 8;

    private const int PatientCallsAtOnce = 8;

    public static AccountApis ForDrains(double share, DrainMetrics metrics, TimeProvider clock, Func<double> random) =>
        new(share, CallsAtOnce, metrics, clock, random);

    /// <summary>For work that never stands before anything else.</summary>
    public static AccountApis ForReconciler(double share, DrainMetrics metrics, TimeProvider clock, Func<double> random) =>
        new(share, PatientCallsAtOnce, metrics, clock, random);

    public AwsApi Describe => field ??= Through(DescribeLoadBalancing, 1);

    public AwsApi Change => field ??= new(
        new CallGate(ChangeTargets.Share(share * ShareOfChanges), ChangesAtOnce, clock, CutOfChanges), metrics, clock, random);

    public AwsApi Compute => field ??= Through(ComputeCalls, ShareOfUnpublished);

    public AwsApi Scaling => field ??= Through(ScalingCalls, ShareOfUnpublished);

    /// <summary>For heartbeats and the end of actions, which wait for no question.</summary>
    public AwsApi Actions => field ??= Through(ScalingCalls, ShareOfUnpublished);

    public AwsApi Queues => field ??= Through(QueueCalls, ShareOfUnpublished);

    public AwsApi Events => field ??= Through(EventCalls, ShareOfUnpublished);

    private AwsApi Through(CallRate rate, double part) => new(new CallGate(rate.Share(share * part), callsAtOnce, clock), metrics, clock, random);
}
