using TargetDrain.Local.Explain;
using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Commands;

/// <summary>What the function would do with an event, told without AWS.</summary>
internal static class ExplainCommand
{
    private const string StandardInput = "-";

    private static readonly Argument<string[]> Files = FilesArgument();

    // Without it nobody's account is asked: an event can be explained anywhere.
    private static readonly Option<string?> Stack = new("--stack")
    {
        Description = "A CloudFormation stack whose function's variables count, instead of those set here.", HelpName = "name",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "The explanations as JSON, for programs." };

    public static Command Create()
    {
        var command = new Command(
            "explain",
            "Tell what the function would do with event files, by the variables set here or those of a stack, from whatever account they are.")
        {
            Files, Stack, Json,
        };
        foreach (var option in Account.Options) command.Options.Add(option);
        command.WithHelp(
            "0 every event was understood, 2 one was not",
            "target-drain explain event.json", "target-drain explain - < event.json", "target-drain explain event.json --stack target-drain",
            "DRY_RUN=true target-drain explain tests/samples/events/*.json");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Func<string, string?> variable = Environment.GetEnvironmentVariable;
        var json = parsed.GetValue(Json);
        if (parsed.GetValue(Stack) is { } name)
        {
            var session = new Session(Terminal.Create(), Account.Of(parsed).Connect(), json, cancellation);
            variable = (await Configuration.FindAsync(session, name, await Identity.TellAsync(session))).Variable;
        }
        return Run(parsed.GetValue(Files)!, variable, Console.OpenStandardInput, Console.Out, Console.Error, json);
    }

    /// <param name="files">Names; "-" is standard input.</param>
    /// <returns>0 when every file was understood, 2 when one was not.</returns>
    public static int Run(
        IEnumerable<string> files, Func<string, string?> variable, Func<Stream> input, TextWriter output, TextWriter errors, bool json = false)
    {
        DrainOptions options;
        try
        {
            options = DrainOptions.FromEnvironment(name => variable(name) ?? (name == "QUEUE_URL" ? "https://sqs/not-used" : null));
        }
        catch (ConfigurationException wrong)
        {
            errors.WriteLine(wrong.Message);
            return ExitCode.WrongUse;
        }
        var explainer = new EventExplainer(options);
        var explanations = files.SelectMany(file => Explain(file, explainer, input)).ToList();
        if (json) output.WriteLine(JsonSerializer.Serialize(explanations, ExplanationJson.Default.ListExplanation));
        else
            foreach (var explanation in explanations) Print(explanation, output, errors);
        return explanations.TrueForAll(explanation => explanation.Problem is null) ? ExitCode.Done : ExitCode.WrongUse;
    }

    private static IReadOnlyList<Explanation> Explain(string file, EventExplainer explainer, Func<Stream> input)
    {
        var name = file == StandardInput ? "standard input" : file;
        try
        {
            return explainer.Explain(name, file == StandardInput ? ReadToEnd(input()) : File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [new Explanation(name) { Problem = $"cannot be read: {exception.Message}" }];
        }
    }

    private static void Print(Explanation explanation, TextWriter output, TextWriter errors)
    {
        if (explanation.Problem is { } problem)
        {
            errors.WriteLine($"{explanation.Name}: {problem}");
            return;
        }
        output.WriteLine(explanation.Name);
        foreach (var fact in explanation.Facts) output.WriteLine($"  {fact.Name,-17} {fact.Text}");
        output.WriteLine();
    }

    private static byte[] ReadToEnd(Stream stream)
    {
        using var copy = new MemoryStream();
        using (stream) stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static Argument<string[]> FilesArgument()
    {
        var argument = new Argument<string[]>("event.json")
        {
            Description = "Events as Lambda or the queue gets them: EventBridge, SQS, SNS, a hook's own notification, a drain ticket. \"-\" is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        // What takes any number of names would take a mistyped option for one.
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.Length > 1 && token.Value[0] == '-' && !File.Exists(token.Value))
                    result.AddError($"Unrecognized option '{token.Value}'. A file of that name is written ./{token.Value}.");
        });
        return argument;
    }
}
