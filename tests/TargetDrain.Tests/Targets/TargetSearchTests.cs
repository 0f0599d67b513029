using Amazon.Lambda.Core;
using TargetDrain.Calls;
using TargetDrain.Events;
using TargetDrain.Queue;
using TargetDrain.Targets;
using Xunit;

namespace TargetDrain.Tests.Targets;

public sealed class TargetSearchTests
{
    private readonly Workbench bench = new();

    // Of the account's bucket nothing is left but what the critical ones have.
    [Theory]
    [InlineData("SpotInterruption", true)]
    [InlineData("StateChange", false)]
    public void The_most_urgent_of_a_batch_decides_how_urgently_EC2_is_asked(string reason, bool isAtOnce) => bench.Clock.Run(async () =>
    {
        var gate = new CallGate(new CallRate(1, 100), 10, bench.Clock);
        await gate.EnterAsync(Urgency.Normal, default);
        gate.Leave(wasThrottled: true);
        var start = bench.Now;
        using var time = new InvocationTime(new FiveMinutes(), 2, bench.Clock);

        await Search(new AwsApi(gate, bench.Metrics, bench.Clock, () => 0.5))
            .Begin([Leaving("RebalanceRecommendation"), Leaving(reason)], time).Addresses.FreshAsync(default);

        Assert.Equal(isAtOnce, (bench.Now - start).TotalSeconds < 0.5);
    });

    private Departure Leaving(string reason)
    {
        var id = bench.World.Compute.RunInstance().Id;
        return new Departure(id).With(new InboundMessage(id, "", "handle"), new TerminationNotice(id, Enum.Parse<TerminationReason>(reason), bench.Now, Certainty: TerminationCertainty.Final));
    }

    private TargetSearch Search(AwsApi compute)
    {
        var (options, history) = (new DrainOptions(), new GroupHistory(bench.Clock));
        return new TargetSearch(
            new InstanceLookup(bench.Aws.Compute, compute), new TargetGroupCatalog(bench.Aws.LoadBalancing, bench.Api, new TargetGroupScope(options)),
            new TargetHealthReader(bench.Aws.LoadBalancing, bench.Api), new Deregistrar(bench.Aws.LoadBalancing, bench.Api, false, bench.Metrics, bench.Clock, bench.Log),
            new DeregistrationDelays(bench.Aws.LoadBalancing, bench.Api, history, bench.Log), history,
            new WorkQueue(bench.Aws.Queues, bench.Api, bench.World.Queues.UrlOf(bench.World.Queues.Create("queue")), null, bench.Metrics, bench.Log),
            new CallRate(1000, 1000), options, bench.Metrics, bench.Clock, bench.Log);
    }

    private sealed class FiveMinutes : ILambdaContext
    {
        public TimeSpan RemainingTime => TimeSpan.FromMinutes(5);

        public string AwsRequestId => "";

        public IClientContext? ClientContext => null;

        public string FunctionName => "";

        public string FunctionVersion => "";

        public ICognitoIdentity? Identity => null;

        public string InvokedFunctionArn => "";

        public ILambdaLogger? Logger => null;

        public string LogGroupName => "";

        public string LogStreamName => "";

        public int MemoryLimitInMB => 0;
    }
}
