using System.CommandLine;
using TargetDrain.Reliability;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>Many random worlds, or one seed again.</summary>
internal static class ModelCommand
{
    private static readonly Option<int> Plans = new("--plans") { Description = "How many random worlds.", DefaultValueFactory = _ => 5000 };

    private static readonly Option<string?> Seed = new("--seed") { Description = "The seed that a failure printed, as in (123,456)." };

    public static Command Create()
    {
        var command = new Command("model", "Random worlds and sequences, held against the same invariants.") { Plans, Seed };
        command.SetAction(parsed =>
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                Model.Check(parsed.GetValue(Plans), parsed.GetValue(Seed), Console.WriteLine);
            }
            catch (Exception failure)
            {
                Console.WriteLine(failure.Message);
                return 1;
            }
            Console.WriteLine($"{parsed.GetValue(Plans)} worlds hold, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
            return 0;
        });
        return command;
    }
}
