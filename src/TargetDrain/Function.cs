using System.Reflection;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using TargetDrain.Reconcile;

namespace TargetDrain;

/// <summary>One invocation: whatever Lambda was given in, the failed messages out.</summary>
internal sealed class Function(
    BatchReader reader, DrainPipeline pipeline, Reconciler reconciler, DrainMetrics metrics, TextWriter metricsOutput, TimeProvider clock)
{
    /// <summary>One invocation after another, until it is stopped. Where Lambda's Runtime API is, the runtime itself reads from the environment.</summary>
    public static async Task ServeAsync(Func<string, string?> variable, Func<AwsClients> clients, TextWriter metricsOutput, CancellationToken stop)
    {
        var log = new LambdaLog();
        Function? function = null;
        using var bootstrap = LambdaBootstrapBuilder
            .Create<JsonElement, SQSBatchResponse>((payload, context) => function!.HandleAsync(payload, context), new SourceGeneratorLambdaJsonSerializer<EventJson>())
            .UseBootstrapHandler(() =>
            {
                // Here rather than before: what fails here is reported to Lambda as the reason the function cannot start.
                function = Create(
                    DrainOptions.FromEnvironment(variable), clients(), TimeProvider.System, log, metricsOutput, variable("AWS_LAMBDA_FUNCTION_NAME") ?? "target-drain");
                log.Started(typeof(Function).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?");
                return Task.FromResult(true);
            })
            .Build();
        await bootstrap.RunAsync(stop);
    }

    public static Function Create(
        DrainOptions options, AwsClients aws, TimeProvider clock, ILogger log, TextWriter metricsOutput,
        string functionName = "target-drain", Func<double>? random = null)
    {
        var jitter = random ?? Random.Shared.NextDouble;
        var metrics = new DrainMetrics(options.MetricsNamespace, functionName, clock);
        var apis = AccountApis.ForDrains(options.ApiShare, metrics, clock, jitter);
        var history = new GroupHistory(clock);
        var queue = new WorkQueue(aws.Queues, apis.Queues, options.QueueUrl, options.UrgentQueueUrl, metrics, log);
        var hooks = new HookCatalog(aws.AutoScaling, apis.Scaling, clock, log);
        var lifecycle = new LifecycleActions(aws.AutoScaling, apis.Actions, options.Results, metrics, log);
        var announcer = new Announcer(options.PublishEvents ? aws.Events.Value : null, apis.Events, options.DryRun, clock, log);
        var search = new TargetSearch(
            new InstanceLookup(aws.Compute, apis.Compute),
            new TargetGroupCatalog(aws.LoadBalancing, apis.Describe, new TargetGroupScope(options)),
            new TargetHealthReader(aws.LoadBalancing, apis.Describe),
            new Deregistrar(aws.LoadBalancing, apis.Change, options.DryRun, metrics, clock, log),
            new DeregistrationDelays(aws.LoadBalancing, apis.Describe, log),
            history, new BulletinBoard(aws.Queues, apis.Queues, options.BulletinQueueUrl, clock, log), AccountApis.DescribeLoadBalancing.Share(options.ApiShare), options, metrics, clock, log);
        var pipeline = new DrainPipeline(
            (departures, cancellation) => new KeepAlive(departures, hooks, lifecycle, options.DryRun, clock, cancellation),
            new Confirmation(new ScalingStates(aws.AutoScaling, apis.Scaling, log), new InstanceScope(options), options.MaximumEventAge, metrics, clock, log),
            search, new DrainCoordinator(options, metrics, clock, log), lifecycle, new Retries(lifecycle, options, metrics, jitter, log),
            queue, announcer, clock);
        return new Function(
            new BatchReader(new EventReader(options, clock), options, metrics, log), pipeline,
            CreateReconciler(options, aws, announcer, metrics, clock, jitter, log), metrics, metricsOutput, clock);
    }

    // With gates of its own, so that it never stands before anything else.
    private static Reconciler CreateReconciler(
        DrainOptions options, AwsClients aws, Announcer announcer, DrainMetrics metrics, TimeProvider clock, Func<double> jitter, ILogger log)
    {
        var apis = AccountApis.ForReconciler(options.ReconcileShare, metrics, clock, jitter);
        var (instances, scope) = (new InstanceLookup(aws.Compute, apis.Compute), new InstanceScope(options));
        return new Reconciler(
            new BatonQueue(aws.Queues, apis.Queues, options.ReconcileQueueUrl, clock, log),
            new ActionRecovery(
                new WaitingActions(aws.AutoScaling, apis.Scaling, instances, scope, options, clock, log),
                new LifecycleActions(aws.AutoScaling, apis.Actions, options.Results, metrics, log),
                new WorkQueue(aws.Queues, apis.Queues, options.QueueUrl, options.UrgentQueueUrl, metrics, log), options, metrics, clock, log),
            new OrphanRemoval(
                new OrphanSearch(instances, new AddressHolders(aws.Compute, apis.Compute), scope),
                new Deregistrar(aws.LoadBalancing, apis.Change, options.DryRun, metrics, clock, log), announcer, options, metrics),
            new TargetGroupCatalog(aws.LoadBalancing, apis.Describe, new TargetGroupScope(options)),
            new TargetHealthReader(aws.LoadBalancing, apis.Describe), clock, log);
    }

    /// <exception cref="DrainFailedException">
    /// The event came without a queue and could not be dealt with: Lambda repeats an asynchronous invocation.
    /// </exception>
    public async Task<SQSBatchResponse> HandleAsync(JsonElement payload, ILambdaContext context)
    {
        try
        {
            var messages = Envelope.Open(payload);
            var location = FunctionLocation.Of(context);
            using var time = new InvocationTime(context.RemainingTime, messages.Count, clock);
            var batch = reader.Read(messages, location);
            var failed = await pipeline.RunAsync(batch, time);
            if (batch.AsksToReconcile) await reconciler.RunAsync(location.Account, time);
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
