using System.CommandLine;
using TargetDrain.Reliability;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>Ten thousand terminations in an hour of virtual time, then an outage of each API in turn.</summary>
internal static class SoakCommand
{
    private static readonly string[] Apis =
    [
        "DescribeInstances", "DescribeTargetGroups", "DescribeTargetHealth", "DeregisterTargets", "DescribeTargetGroupAttributes",
        "DescribeLifecycleHooks", "RecordLifecycleActionHeartbeat", "CompleteLifecycleAction", "SendMessageBatch", "ChangeMessageVisibilityBatch",
    ];

    private static readonly Option<int> Terminations = new("--terminations") { Description = "How many in the hour.", DefaultValueFactory = _ => 10_000 };

    private static readonly Option<bool> NoOutages = new("--no-outages") { Description = "The hour with its faults only." };

    private static readonly Option<bool> OnlyOutages = new("--only-outages") { Description = "The outages only." };

    private static readonly Option<string[]> Outage = new("--outage")
    {
        Description = "The outages of these operations only.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Apis,
    };

    private static readonly Option<bool> OnlyTroubles = new("--only-troubles") { Description = "The hour with old messages, slow answers and others' calls only." };

    private static readonly Option<bool> OnlyLostEvents = new("--only-lost-events") { Description = "The hour in which every tenth event is lost only." };

    private static readonly Option<bool> Reconciles = new("--reconcile") { Description = "The outages with the reconciler, which removes what they leave behind." };

    public static Command Create()
    {
        var command = new Command("soak", "10,000 terminations over an hour with 1 % faults of every kind, then ten minutes' outage of each API.")
        {
            Terminations, NoOutages, OnlyOutages, OnlyTroubles, OnlyLostEvents, Reconciles, Outage,
        };
        command.SetAction(parsed =>
        {
            Console.WriteLine("terminations  outage                          lost  early  timed out  dead  addresses left  repeated  failed calls     calls  backlog  longest to deregister  recovery  real time");
            var holds = true;
            if (!parsed.GetValue(OnlyOutages) && !parsed.GetValue(OnlyTroubles))
                holds &= Report(new SoakPlan(parsed.GetValue(Terminations) / 10, TimeSpan.FromHours(1), FaultShare: 0, Reconciles: true, EventsLost: 0.1));
            if (parsed.GetValue(OnlyLostEvents)) return holds ? 0 : 1;
            if (!parsed.GetValue(OnlyOutages))
                holds &= Report(new SoakPlan(parsed.GetValue(Terminations) / 10, TimeSpan.FromHours(1), FaultShare: 0, Troubled: true));
            if (parsed.GetValue(OnlyTroubles)) return holds ? 0 : 1;
            if (!parsed.GetValue(OnlyOutages))
                holds &= Report(new SoakPlan(parsed.GetValue(Terminations), TimeSpan.FromHours(1), FaultShare: 0.01));
            if (!parsed.GetValue(NoOutages))
                foreach (var api in parsed.GetValue(Outage)!)
                    holds &= Report(new SoakPlan(parsed.GetValue(Terminations) / 10, TimeSpan.FromHours(1), FaultShare: 0, api, Reconciles: parsed.GetValue(Reconciles)));
            return holds ? 0 : 1;
        });
        return command;
    }

    private static bool Report(SoakPlan plan)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = Soak.Run(plan);
        var figures = result.Figures;
        Console.WriteLine(
            $"{plan.Terminations,12}  {plan.Outage ?? (plan.EventsLost > 0 ? "none, every tenth event lost" : plan.Troubled ? "none, old messages, slow, crowd" : "none, 1 % faults of each kind"),-30}  {result.Lost,4}  {figures.ActionsEndedEarly,5}"
            + $"  {figures.ActionsTimedOut,9}  {figures.MessagesDeadLettered,4}  {figures.AddressesLeft,14}  {figures.CompletionsRepeated,8}  {figures.FailedCalls,12}"
            + $"  {figures.Calls.Values.Sum(),8}  {figures.LargestBacklog,7}  {result.LongestToDeregister.TotalSeconds,19:0} s"
            + $"  {(result.Recovery is { } recovery ? $"{recovery.TotalSeconds:0} s" : "-"),8}"
            + $"  {TimeProvider.System.GetElapsedTime(started).TotalSeconds,7:0} s");
        foreach (var line in result.Broken.Take(10)) Console.WriteLine($"  BROKEN  {line}");
        return result.Broken.Count == 0;
    }
}
