using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace TargetDrain.Local.Commands;

/// <summary>What every command tells alike: examples and exit codes in its --help, limits of its numbers.</summary>
internal static class CommandHelp
{
    private const string UsualCodes = "0 done, 1 something is not as it should be, 2 wrong use or environment, 130 Ctrl-C";

    private static readonly ConditionalWeakTable<Command, Page> Pages = [];

    public static Command WithHelp(this Command command, string codes, params string[] examples)
    {
        Pages.Add(command, new Page(codes, examples));
        return command;
    }

    /// <summary>Refuses what is no whole number, or outside, in our own words.</summary>
    public static Option<int> Within(this Option<int> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < least || number > most))
                result.AddError($"{option.Name} is {result.Tokens[0].Value}; allowed is {least} to {most}.");
        });
        return option;
    }

    /// <summary>Once, when all commands are there.</summary>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            if (option.Action is HelpAction plain) option.Action = new HelpWithExamples(plain);
    }

    private sealed record Page(string Codes, IReadOnlyList<string> Examples);

    private sealed class HelpWithExamples(HelpAction plain) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            using var usual = new StringWriter();
            parseResult.InvocationConfiguration.Output = usual;
            var result = plain.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            // However it was started, it is known by this name.
            var text = usual.ToString().Replace($"  {RootCommand.ExecutableName}", "  target-drain", StringComparison.Ordinal);
            foreach (var line in text.TrimEnd().Split('\n')) output.WriteLine(line.TrimEnd());
            output.WriteLine();
            var page = Pages.TryGetValue(parseResult.CommandResult.Command, out var own) ? own : new Page(UsualCodes, []);
            if (page.Examples.Count > 0)
            {
                output.WriteLine(page.Examples.Count == 1 ? "Example:" : "Examples:");
                foreach (var example in page.Examples) output.WriteLine($"  {example}");
                output.WriteLine();
            }
            output.WriteLine("Exit codes:");
            output.WriteLine($"  {page.Codes}");
            return result;
        }
    }
}
