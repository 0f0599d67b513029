using TargetDrain.Local.Diagnostics;
using TargetDrain.Local.Stacks;

namespace TargetDrain.Local.Commands;

/// <summary>Checks an installation, and says what to do about what it finds.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string[]> ScalingGroups = new("--auto-scaling-group")
    {
        Description = "A group to tell of even when all is well; may be given several times.",
        HelpName = "name",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int?> FunctionTimeout = new("--function-timeout")
    {
        Description = "The function's timeout in seconds. Default: what the stack's function has, or 300.",
        HelpName = "seconds",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "The findings as JSON, for programs." };

    public static Command Create()
    {
        var command = new Command(
            "doctor", "Check an installation: stack, queues, dead letters, function, rules, alarms, target groups, hooks, permissions. Changes nothing.")
        {
            Configuration.StackOption, InstalledQueue.UrlOption, InstalledQueue.NameOption, ScalingGroups, FunctionTimeout, Json,
        };
        foreach (var option in Account.Options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(Terminal.Create(), parsed, Account.Of(parsed).Connect(), cancellation));
        return command.WithHelp(
            "0 nothing to do, 1 something to do, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain doctor --region eu-central-1", "target-drain doctor --stack blue-drain --auto-scaling-group shop", "target-drain doctor --json");
    }

    public static async Task<int> RunAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation)
    {
        var session = new Session(console, connection, parsed.GetValue(Json), cancellation);
        var identity = await Identity.TellAsync(session);
        var configuration = await Configuration.FindAsync(session, parsed, identity);
        var queueUrl = await InstalledQueue.UrlAsync(session, parsed, configuration.Stack);
        var timeout = parsed.GetValue(FunctionTimeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : configuration.Stack?.Timeout ?? TimeSpan.FromSeconds(300);
        var doctor = new Doctor(session, configuration, identity, queueUrl, timeout);
        var findings = await session.WhileAsync("Looking at the installation", async progress =>
            await doctor.RunAsync(parsed.GetValue(ScalingGroups)!, doing => progress.Doing = doing, cancellation).ToListAsync(cancellation));
        var worst = findings.Max(finding => finding.Severity);
        await session.ShowAsync(new CheckUp(identity, configuration.Stack?.Name, worst, findings), AnswerJson.Default.CheckUp, FindingPrinter.Print);
        return worst >= Severity.Warning ? ExitCode.Finding : ExitCode.Done;
    }
}
