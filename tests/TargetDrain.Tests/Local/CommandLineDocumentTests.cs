using System.Text.Json;
using System.Text.RegularExpressions;
using TargetDrain.Local;
using TargetDrain.Tests.Documentation;
using Xunit;

namespace TargetDrain.Tests.Local;

/// <summary>docs/command-line.md says what the program does: every command in it is run, and its output compared.</summary>
public sealed partial class CommandLineDocumentTests
{
    private static readonly string Document = Repository.At("docs/command-line.md");

    [Fact]
    public async Task Every_command_writes_what_the_document_shows()
    {
        await using var aws = await DemoAws.StartAsync();
        var count = 0;
        foreach (var (arguments, shown) in Sessions(await File.ReadAllTextAsync(Document)))
        {
            count++;
            var words = Words(arguments).Select(word => word.StartsWith("tests/", StringComparison.Ordinal) ? Repository.At(word) : word).ToArray();
            // In the document the account is the environment's.
            var (_, output, error) = await (words[0] == "explain" ? LocalProgram.RunAsync(words) : aws.RunAsync(words));
            // Progress depends on the machine, and the document shows none.
            var told = output + string.Join('\n', error.Split('\n').Where(line => !line.EndsWith(" …", StringComparison.Ordinal)));
            Assert.Equal(Same(shown, "http://127.0.0.1:4566"), Same(told.Replace(Repository.At("tests"), "tests", StringComparison.Ordinal), aws.Url));
        }
        Assert.True(count >= 8, $"only {count} commands");
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("hooks")]
    [InlineData("doctor")]
    [InlineData("drain")]
    [InlineData("explain")]
    [InlineData("serve")]
    [InlineData("demo")]
    public void Every_option_is_there(string name)
    {
        var text = File.ReadAllText(Document);
        var section = text[Regex.Match(text, $"^## .*{name}", RegexOptions.Multiline).Index..];
        var general = text[text.IndexOf("## Which account", StringComparison.Ordinal)..text.IndexOf("## plan", StringComparison.Ordinal)];
        var end = section.IndexOf("\n## ", StringComparison.Ordinal);
        var command = CommandLine.Create().Subcommands.Single(command => command.Name == name);
        foreach (var option in command.Options.Concat(command.Subcommands.SelectMany(sub => sub.Options)).Where(option => !option.Hidden && option.Name is not "--help"))
            Assert.Contains($"`{option.Name}`", section[..end] + general, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_member_of_the_json_is_there_and_no_other()
    {
        await using var aws = await DemoAws.StartAsync();
        var rows = MarkdownTable.Read(Document, "| Command | Members |").ToDictionary(row => row[0], row => row[1]);
        foreach (var (row, arguments) in new (string, string[])[]
        {
            ("plan INSTANCE-ID", ["plan", aws.Demo.Scaled.Id]), ("plan --all", ["plan", "--all"]), ("hooks list", ["hooks", "list"]), ("doctor", ["doctor"]),
            ("drain", ["drain", aws.Demo.Stray.Id, "--yes"]),
        })
        {
            var (_, output, error) = await aws.RunAsync([.. arguments, "--json"]);
            Assert.True(output.StartsWith('{'), output + error);
            using var json = JsonDocument.Parse(output);
            Assert.Equal(
                json.RootElement.EnumerateObject().Select(member => member.Name).Order(),
                Parentheses().Replace(rows[row], "").Split(',').Select(member => member.Trim().Split(' ', ':')[0]).Order());
        }
    }

    /// <summary>Without what differs from run to run: ids of messages, times, and the order in which targets leave.</summary>
    private static string Same(string text, string url)
    {
        var lines = Uuid().Replace(text.Replace(url, "URL", StringComparison.Ordinal), "UUID").TrimEnd().Split('\n').Select(line => line.TrimEnd()).ToList();
        // A slow machine may look when a target has left already.
        var steps = lines.Where(line => Step().IsMatch(line)).Where(line => !line.Contains("s  draining", StringComparison.Ordinal)).Select(line => Step().Replace(line, "T")).Order();
        var others = lines.Where(line => !Step().IsMatch(line)).Select(line => Seconds().Replace(line, "N s"));
        return string.Join('\n', [.. others, .. steps]);
    }

    /// <summary>Each "$ target-drain …" of a console block with the lines below it.</summary>
    private static IEnumerable<(string Arguments, string Output)> Sessions(string document) =>
        from block in Block().Matches(document)
        from session in ("\n" + block.Groups[1].Value).Split("\n$ target-drain ", StringSplitOptions.RemoveEmptyEntries)
        let end = session.IndexOf('\n', StringComparison.Ordinal)
        select (session[..end], session[(end + 1)..]);

    private static IEnumerable<string> Words(string line) => Word().Matches(line).Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value);

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("'([^']*)'|[^ ]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^ *[0-9]+\.[0-9]s")]
    private static partial Regex Step();

    [GeneratedRegex(@"(?<=after )[0-9]+ s")]
    private static partial Regex Seconds();
}
