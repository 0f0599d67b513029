using System.CommandLine;
using Spectre.Console;
using TargetDrain.Local.Calls;
using TargetDrain.Local.Diagnostics;

namespace TargetDrain.Local.Commands;

/// <summary>Checks an installation, and says what to do about what it finds.</summary>
internal static class DoctorCommand
{
    private static readonly Option<string[]> ScalingGroups = new("--auto-scaling-group")
    {
        Description = "A group whose hook to check; may be given several times.",
        HelpName = "name",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int> FunctionTimeout = new("--function-timeout")
    {
        Description = "The function's timeout in seconds.",
        DefaultValueFactory = _ => 300,
        HelpName = "seconds",
    };

    public static Command Create()
    {
        var command = new Command("doctor", "Check an installation: queue, dead letters, function, rules, hooks, permissions. Changes nothing.")
        {
            InstalledQueue.UrlOption, InstalledQueue.NameOption, ScalingGroups, FunctionTimeout,
        };
        foreach (var option in Account.Options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(Terminal.Create(), parsed, cancellation));
        return command.WithHelp(
            "0 nothing to do, 1 something to do, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain doctor --queue-url https://sqs.eu-central-1.amazonaws.com/123456789012/target-drain --auto-scaling-group shop");
    }

    private static async Task<int> RunAsync(IAnsiConsole console, ParseResult parsed, CancellationToken cancellation)
    {
        var account = Account.Of(parsed);
        var options = Scope.FromEnvironment();
        var connection = account.Connect();
        await Identity.TellAsync(console, connection, quiet: false, cancellation);
        var aws = connection.Aws;
        var queueUrl = await CallProgress.WhileAsync(
            console, mayRedraw: true, connection.Watch, "Looking for the queue", _ => InstalledQueue.UrlAsync(parsed, aws.Queues, cancellation));
        var timeout = TimeSpan.FromSeconds(parsed.GetValue(FunctionTimeout));
        var worst = Severity.Good;
        void Tell(Finding finding)
        {
            Print(console, finding);
            if (finding.Severity > worst) worst = finding.Severity;
        }

        await foreach (var finding in new QueueCheck(aws.Queues, timeout, options.MaxReceiveCount).RunAsync(queueUrl, cancellation)) Tell(finding);
        using var signed = account.Sign();
        if (await InstalledQueue.ArnAsync(queueUrl, aws.Queues, cancellation) is { } queueArn)
            await foreach (var finding in new FunctionCheck(signed, options).RunAsync(queueArn, cancellation)) Tell(finding);
        var groups = new TargetGroupCheck(aws, Account.RateLimited(TimeProvider.System), options, TimeProvider.System);
        foreach (var finding in await LookAsync(console, connection.Watch, groups, cancellation)) Tell(finding);
        var hooks = new HookCheck(aws.AutoScaling, options);
        foreach (var name in parsed.GetValue(ScalingGroups)!)
            await foreach (var finding in hooks.RunAsync(name, groups.Slowest, cancellation)) Tell(finding);
        if (parsed.GetValue(ScalingGroups)!.Length == 0) Tell(Finding.Note("No hook was checked; name groups with --auto-scaling-group."));
        Tell(Finding.Note("Checked with your own permissions, not the function's. \"target-drain drain\" tries the way from the queue on."));
        console.WriteLine();
        console.MarkupLine(worst switch
        {
            Severity.Error => "[red]Something is wrong.[/]",
            Severity.Warning => "[yellow]Something should be looked at.[/]",
            _ => "[green]Nothing to do.[/]",
        });
        return worst >= Severity.Warning ? ExitCode.Finding : ExitCode.Done;
    }

    private static Task<List<Finding>> LookAsync(IAnsiConsole console, CallWatch watch, TargetGroupCheck groups, CancellationToken cancellation) =>
        CallProgress.WhileAsync(console, mayRedraw: true, watch, "Reading the target groups", async progress =>
        {
            var findings = new List<Finding>();
            void Tell(int done, int all) => progress.Doing = $"Read the deregistration delay of {done} of {all} target groups";
            await foreach (var finding in groups.RunAsync(Tell, cancellation)) findings.Add(finding);
            return findings;
        });

    private static void Print(IAnsiConsole console, Finding finding)
    {
        var (color, mark) = finding.Severity switch
        {
            Severity.Good => ("green", "ok"),
            Severity.Note => ("grey", "note"),
            Severity.Warning => ("yellow", "warning"),
            _ => ("red", "ERROR"),
        };
        var grid = new Grid().AddColumn(new GridColumn { Width = 7, Padding = new Padding(0, 0, 2, 0) }).AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        grid.AddRow(new Markup($"[{color}]{mark}[/]"), new Text(finding.Text));
        if (finding.WhatToDo.Length > 0) grid.AddRow(new Text(""), new Markup($"[bold]do:[/] {Markup.Escape(finding.WhatToDo)}"));
        console.Write(grid);
    }
}
