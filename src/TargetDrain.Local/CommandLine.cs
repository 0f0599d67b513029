using System.CommandLine;
using Amazon.Runtime;
using TargetDrain.Emulator.Http;
using TargetDrain.Emulator.Lambda;
using TargetDrain.Local.Commands;

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
            demo, ServeCommand.Create(), ExplainCommand.Create(), PlanCommand.Create(), DrainCommand.Create(), DoctorCommand.Create(), PictureCommand.Create(),
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
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action?.ClearsParseErrors != true)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
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
        PortTakenException or FunctionStartException or WrongUseException or ConfigurationException => exception.Message,
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"AWS answered {code}: {exception.Message}",
        AmazonClientException when exception.Message.Contains("RegionEndpoint", StringComparison.Ordinal) =>
            "No region is set; give --region, or set AWS_REGION.",
        AmazonClientException when exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
            "No AWS credentials were found; give --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
        AmazonClientException => $"The AWS client could not do it: {exception.Message}",
        HttpRequestException => $"The endpoint cannot be reached: {exception.Message}",
        TimeoutException => exception.Message,
        IOException or UnauthorizedAccessException => exception.Message,
        _ => $"This is a bug in target-drain ({exception.GetType().Name}: {exception.Message}); --verbose shows where.",
    };

    private static string CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "target-drain" : $"target-drain {parsed.CommandResult.Command.Name}";
}
