using System.CommandLine;
using TargetDrain.Reliability;

namespace TargetDrain.Benchmarks.Commands;

/// <summary>A million mutated messages into the reader.</summary>
internal static class FuzzCommand
{
    private static readonly Option<int> Inputs = new("--inputs") { Description = "How many.", DefaultValueFactory = _ => 1_000_000 };

    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed gives the same inputs.", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("fuzz", "Mutated messages into the reader: refused, ignored or understood, and nothing else.") { Inputs, Seed };
        command.SetAction(parsed =>
        {
            var started = TimeProvider.System.GetTimestamp();
            var result = new Fuzz(parsed.GetValue(Seed)).Run(parsed.GetValue(Inputs), TimeProvider.System);
            Console.WriteLine(
                $"{result.Inputs} inputs, seed {parsed.GetValue(Seed)}: {result.Refused} refused, {result.Ignored} ignored, {result.Notices} notices, {result.Tickets} tickets; "
                + $"slowest {result.Slowest.TotalMilliseconds:0} ms; {result.Broken.Count} broken; {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
            foreach (var line in result.Broken) Console.WriteLine($"BROKEN  {line}");
            return result.Broken.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
