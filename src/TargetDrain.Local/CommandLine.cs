using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Commands;
using TargetDrain.Local.Hosting;

namespace TargetDrain.Local;

/// <summary>All commands, and what becomes of their errors: one sentence each, on standard error.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show where an error came from.",
        Recursive = true,
    };

    public static RootCommand Create()
    {
        var demo = DemoCommand.Create();
        var root = new RootCommand("TargetDrain: takes dying instances out of their target groups. Without a command: the demo.")
        {
            demo, ServeCommand.Create(), ExplainCommand.Create(), PlanCommand.Create(), DrainCommand.Create(), DoctorCommand.Create(), HooksCommand.Create(),
        };
        root.Options.Add(Verbose);
        foreach (var option in demo.Options) root.Options.Add(option);
        root.Action = demo.Action;
        root.WithHelp(
            "0 done, 1 something is not as it should be, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain demo", "target-drain plan i-0123456789abcdef0 --region eu-central-1");
        CommandHelp.Install(root);
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        Loopback.ExemptFromProxies();
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action?.ClearsParseErrors != true)
        {
            foreach (var problem in ParseProblems.Of(parsed)) await Console.Error.WriteLineAsync(problem);
            await Console.Error.WriteLineAsync($"See: {CommandPath(parsed)} --help");
            return ExitCode.WrongUse;
        }
        try
        {
            using var interruption = new Interruption();
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        // The last place there is: a person reads a sentence, and gets the stack trace on demand.
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync(Sentence(exception));
            if (parsed.GetValue(Verbose)) await Console.Error.WriteLineAsync(exception.ToString());
            return ExitCode.WrongUse;
        }
    }

    private static string Sentence(Exception exception) => exception switch
    {
        PortTakenException or FunctionStartException or WrongUseException or ConfigurationException or TimeoutException => exception.Message,
        AmazonServiceException or AmazonClientException or HttpRequestException => Problem.Sentence(exception),
        IOException or UnauthorizedAccessException => exception.Message,
        _ => $"This is a bug in target-drain ({exception.Message}); --verbose shows where.",
    };

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "target-drain" : $"target-drain {parsed.CommandResult.Command.Name}";
}
