using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace TargetDrain.Local;

/// <summary>What is wrong with a command line, in our words, with what was probably meant.</summary>
internal static partial class ParseProblems
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(error => InWords(error.Message)).Distinct().ToList();
        // A value of the wrong kind is told by the option's own check, which knows the limits, where it has one.
        messages.RemoveAll(message => message.EndsWith(WholeNumber, StringComparison.Ordinal)
            && messages.Exists(other => other != message && other.StartsWith(message.Split(' ')[0], StringComparison.Ordinal)));
        foreach (var message in messages) yield return message;
        foreach (var token in parsed.UnmatchedTokens)
            if (Nearest(token, Names(parsed.CommandResult)) is { } meant) yield return $"Did you mean {meant}?";
    }

    /// <returns>Null when nothing is near.</returns>
    internal static string? Nearest(string token, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: Distance(token, name)))
        .Where(item => item.Distance <= Math.Max(1, item.Name.TrimStart('-').Length / 3) || item.Name.StartsWith(token, StringComparison.Ordinal))
        .OrderBy(item => item.Distance).Select(item => item.Name).FirstOrDefault();

    private const string WholeNumber = "allowed is a whole number.";

    private static string InWords(string message) => WrongType().Match(message) is { Success: true } match
        ? $"{match.Groups["option"].Value} is '{match.Groups["value"].Value}'; {WholeNumber}"
        : message;

    private static IEnumerable<string> Names(CommandResult result)
    {
        var names = result.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name).ToList();
        for (SymbolResult? at = result; at is CommandResult { Command: var command }; at = at.Parent)
            names.AddRange(command.Options.Where(option => !option.Hidden).Select(option => option.Name));
        return names.Distinct();
    }

    /// <summary>How many letters have to be put in, taken out, changed or swapped.</summary>
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) table[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
            for (var j = 1; j <= other.Length; j++)
            {
                var change = one[i - 1] == other[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        return table[one.Length, other.Length];
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>[^']+)' as expected type '.*'\\.?$")]
    private static partial Regex WrongType();
}
