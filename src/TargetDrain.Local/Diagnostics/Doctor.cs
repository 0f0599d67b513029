using TargetDrain.Local.Stacks;
using TargetDrain.Local.Survey;

namespace TargetDrain.Local.Diagnostics;

/// <summary>Goes through everything that must work for an instance to be drained, in the order of its way.</summary>
/// <param name="queueUrl">The installation's first queue.</param>
internal sealed class Doctor(Session session, Configuration configuration, Identity identity, string queueUrl, TimeSpan functionTimeout)
{
    private const string RuleType = "AWS::Events::Rule";
    private const string AlarmType = "AWS::CloudWatch::Alarm";

    private readonly TimeProvider clock = TimeProvider.System;

    private DrainOptions Options => configuration.Options;

    /// <param name="scalingGroups">To be told of one by one; the others are too when something is wrong with them.</param>
    /// <param name="progress">Told what is being looked at.</param>
    public async IAsyncEnumerable<Finding> RunAsync(
        IReadOnlyList<string> scalingGroups, Action<string> progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (stack, aws, calls, api) = (configuration.Stack, session.Aws, session.Connection.Installation, session.Api);
        foreach (var finding in StackCheck.Of(configuration)) yield return finding with { Check = "stack" };

        List<string> queues = stack?.UrgentQueueUrl is { } urgent && urgent != queueUrl ? [queueUrl, urgent] : [queueUrl];
        foreach (var queue in queues)
            await foreach (var finding in new QueueCheck(aws.Queues, functionTimeout, Options, clock).RunAsync(queue, withDeadLetters: queue == queueUrl, cancellation))
                yield return finding with { Check = "queue" };

        var arns = await InstalledQueue.ArnsAsync(queues, aws.Queues, cancellation);
        await foreach (var finding in new FunctionCheck(calls, stack?.Function.FunctionName).RunAsync(arns, cancellation)) yield return finding with { Check = "function" };

        List<(string LogicalId, string PhysicalId, string Type)> resources = [];
        if (stack is not null)
        {
            var (told, problem) = await Reading.TryAsync("cloudformation:ListStackResources", () => calls.ResourcesAsync(stack.Name, cancellation));
            if (problem is not null) yield return problem with { Check = "stack" };
            resources = told ?? [];
        }
        var rules = new RuleCheck(
            calls, Options, resources.Where(resource => resource.Type == RuleType).ToDictionary(resource => resource.LogicalId, resource => NameOf(resource.PhysicalId)),
            stack?.Parameters ?? new Dictionary<string, string>());
        var heard = stack?.Outputs.GetValueOrDefault("FunctionArn") is { } function ? [.. arns, function] : arns;
        await foreach (var finding in rules.RunAsync(heard, cancellation)) yield return finding with { Check = "rules" };

        List<string> alarms = [.. resources.Where(resource => resource.Type == AlarmType).Select(resource => resource.PhysicalId)];
        await foreach (var finding in AlarmCheck.RunAsync(calls, alarms, cancellation)) yield return finding with { Check = "alarms" };

        var isScheduled = stack?.Parameters.GetValueOrDefault("ReconcileMinutes") != "0";
        foreach (var finding in await new ReconcilerCheck(aws.Queues, Options, isScheduled, clock).RunAsync(cancellation)) yield return finding with { Check = "reconciler" };

        var groups = new TargetGroupCheck(aws, api, Options);
        void Delays(int done, int all) => progress($"Read the deregistration delay of {done} of {all} target groups");
        await foreach (var finding in groups.RunAsync(Delays, cancellation)) yield return finding with { Check = "target-groups" };

        progress("Listing groups and instances");
        void Looks(int done, int all) => progress($"Looked into {done} of {all} target groups");
        var (survey, unread) = await Reading.TryAsync("What the Auto Scaling groups hold", () => new Surveyor(aws, api, Options).SurveyAsync(identity, only: null, Looks, cancellation));
        if (unread is not null) yield return unread with { Check = "hooks" };
        foreach (var problem in survey?.Problems ?? []) yield return Finding.Note(problem) with { Check = "hooks" };
        if (survey is not null)
            foreach (var finding in new HookCheck(Options, groups.Slowest).Judge(survey.ScalingGroups, scalingGroups)) yield return finding with { Check = "hooks" };
        yield return Finding.Note("Checked with your own permissions, not the function's. \"target-drain drain\" tries the way from the queue on.") with { Check = "permissions" };
    }

    // CloudFormation tells rules of a bus of their own as "bus|name".
    private static string NameOf(string physicalId) => physicalId.Split('|')[^1];
}
