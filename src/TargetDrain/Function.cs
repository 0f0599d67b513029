using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using TargetDrain.Announcements;
using TargetDrain.Events;
using TargetDrain.Lifecycle;
using TargetDrain.Queue;
using TargetDrain.Reconcile;
using TargetDrain.Targets;

namespace TargetDrain;

/// <summary>One invocation: whatever Lambda was given in, the failed messages out.</summary>
internal sealed class Function(DrainPipeline pipeline, DrainMetrics metrics, TextWriter metricsOutput, TimeProvider clock)
{
    // What AWS grants an account and region, as documented for ELBv2 in 2026. The others publish no figures; these are what they were
    // seen to bear. A throttled gate slows down by itself.
    internal static readonly CallRate DescribeLoadBalancing = new(PerSecond: 50, Burst: 200);
    private static readonly CallRate ChangeTargets = new(PerSecond: 4, Burst: 20);

    // Only what is documented for describing load balancers is taken whole. Of the few changes a second something is left for what is
    // critical in another environment, and the other limits are none that AWS publishes.
    private const double ShareOfTheRest = 0.9;

    private static readonly CallRate ComputeCalls = new(PerSecond: 20, Burst: 100);
    private static readonly CallRate ScalingCalls = new(PerSecond: 20, Burst: 100);
    private static readonly CallRate QueueCalls = new(PerSecond: 300, Burst: 1000);

    // The least that any Region grants.
    private static readonly CallRate EventCalls = new(PerSecond: 400, Burst: 400);

    // Half of them until a call went well, so that a burst is spent in three rounds. Answers are read one target at a time, and keep little.
    private const int CallsAtOnce = 96;

    // At four a second nothing is gained by more, and all that are under way when the bucket is empty are throttled.
    private const int ChangesAtOnce = 8;

    private const int CallsOfReconcilerAtOnce = 8;

    public static Function Create(
        DrainOptions options, AwsClients aws, TimeProvider clock, ILogger log, TextWriter metricsOutput,
        string functionName = "target-drain", Func<double>? random = null)
    {
        var jitter = random ?? Random.Shared.NextDouble;
        var metrics = new DrainMetrics(options.MetricsNamespace, functionName, clock);
        AwsApi Api(CallRate rate, int atOnce = CallsAtOnce, double share = ShareOfTheRest) =>
            new(new CallGate(rate.Share(options.ApiShare * share), atOnce, clock), metrics, clock, jitter);
        var describe = Api(DescribeLoadBalancing, share: 1);
        var scaling = Api(ScalingCalls);

        var history = new GroupHistory(clock);
        var queue = new WorkQueue(aws.Queues, Api(QueueCalls), options.QueueUrl, options.UrgentQueueUrl, metrics, log);
        var search = new TargetSearch(
            new InstanceLookup(aws.Compute, Api(ComputeCalls)),
            new TargetGroupCatalog(aws.LoadBalancing, describe, new TargetGroupScope(options)),
            new TargetHealthReader(aws.LoadBalancing, describe),
            new Deregistrar(aws.LoadBalancing, Api(ChangeTargets, ChangesAtOnce), options.DryRun, metrics, clock, log),
            new DeregistrationDelays(aws.LoadBalancing, describe, history, log),
            history, queue, DescribeLoadBalancing.Share(options.ApiShare), options, metrics, clock, log);
        var pipeline = new DrainPipeline(
            new EventReader(options, clock),
            new Confirmation(new ScalingStates(aws.AutoScaling, scaling, log), new InstanceScope(options), options.MaximumEventAge, metrics, clock, log),
            search, new DrainCoordinator(options, metrics, clock, log), new HookCatalog(aws.AutoScaling, scaling, clock, log),
            new LifecycleActions(aws.AutoScaling, Api(ScalingCalls), options.Results, metrics, log),
            queue, Reconciler(options, aws, metrics, clock, jitter, log),
            new Announcer(options.PublishEvents ? aws.Events.Value : null, Api(EventCalls), clock, log), options, metrics, clock, jitter, log);
        return new Function(pipeline, metrics, metricsOutput, clock);
    }

    // Gates of its own, so that it never stands before anything else.
    private static Reconciler Reconciler(
        DrainOptions options, AwsClients aws, DrainMetrics metrics, TimeProvider clock, Func<double> jitter, ILogger log)
    {
        AwsApi Api(CallRate rate) => new(new CallGate(rate.Share(options.ReconcileShare), CallsOfReconcilerAtOnce, clock), metrics, clock, jitter);
        var (describe, compute, scaling, queues) = (Api(DescribeLoadBalancing), Api(ComputeCalls), Api(ScalingCalls), Api(QueueCalls));
        var (instances, scope) = (new InstanceLookup(aws.Compute, compute), new InstanceScope(options));
        return new Reconciler(
            new BatonQueue(aws.Queues, queues, options.ReconcileQueueUrl, log),
            new WaitingActions(aws.AutoScaling, scaling, options, clock, log), instances, scope,
            new TargetGroupCatalog(aws.LoadBalancing, describe, new TargetGroupScope(options)), new TargetHealthReader(aws.LoadBalancing, describe),
            new OrphanSearch(instances, new AddressHolders(aws.Compute, compute), scope),
            new Deregistrar(aws.LoadBalancing, Api(ChangeTargets), options.DryRun, metrics, clock, log),
            new LifecycleActions(aws.AutoScaling, scaling, options.Results, metrics, log),
            new WorkQueue(aws.Queues, queues, options.QueueUrl, options.UrgentQueueUrl, metrics, log), options, metrics, clock, log);
    }

    /// <exception cref="DrainFailedException">
    /// The event came without a queue and could not be dealt with: Lambda repeats an asynchronous invocation.
    /// </exception>
    public async Task<SQSBatchResponse> HandleAsync(JsonElement payload, ILambdaContext context)
    {
        try
        {
            var messages = Envelope.Open(payload);
            using var time = new InvocationTime(context, messages.Count, clock);
            var failed = await pipeline.RunAsync(messages, EventHome.Of(context), time);
            if (failed.FirstOrDefault(item => !item.Message.IsFromQueue) is { } direct) throw new DrainFailedException(direct.Problem);
            return new SQSBatchResponse(
                [.. failed.Select(item => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = item.Message.Id })]);
        }
        finally
        {
            metrics.Flush(metricsOutput);
        }
    }
}

/// <summary>An event given to the function directly was not dealt with.</summary>
internal sealed class DrainFailedException(string problem) : Exception(problem);
