using Amazon.AutoScaling.Model;
using TargetDrain.Local.Diagnostics;
using TargetDrain.Local.Hooks;
using TargetDrain.Local.Stacks;
using TargetDrain.Local.Survey;

namespace TargetDrain.Local.Commands;

/// <summary>The terminating hooks of many Auto Scaling groups at a time.</summary>
internal static class HooksCommand
{
    private const int LongestHeartbeat = 7200;
    private const int ShortestHeartbeat = 30;

    private static readonly Option<string[]> Names = new("--name")
    {
        Description = "Auto Scaling groups of this name; * and ? stand for any letters. May be given several times.", HelpName = "pattern", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Tag = new("--tag") { Description = "Auto Scaling groups with this tag.", HelpName = "key[=value]" };
    private static readonly Option<bool> All = new("--all") { Description = "All Auto Scaling groups of the Region." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be changed, and change nothing." };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };
    private static readonly Option<bool> Json = new("--json") { Description = "The hooks as JSON, for programs." };

    private static readonly Option<int> Heartbeat = new("--heartbeat-timeout")
    {
        Description = "Seconds that an instance waits if TargetDrain fails.", HelpName = "seconds", DefaultValueFactory = _ => 900,
    };

    public static Command Create()
    {
        Heartbeat.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var seconds) || seconds is < ShortestHeartbeat or > LongestHeartbeat))
                result.AddError($"--heartbeat-timeout is {result.Tokens[0].Value}; allowed is {ShortestHeartbeat} to {LongestHeartbeat}.");
        });
        var command = new Command("hooks", "List, add or remove the lifecycle hook that makes Auto Scaling groups wait for the drain.");
        command.Subcommands.Add(Sub("list", "Which Auto Scaling groups have the hook, and which have not. Changes nothing.", ListAsync, Json));
        command.Subcommands.Add(Sub("add", "Add the hook to Auto Scaling groups that have none, after showing them.", AddAsync, All, Heartbeat, DryRun, Yes));
        command.Subcommands.Add(Sub("remove", "Remove the hook from Auto Scaling groups, after showing them.", RemoveAsync, All, DryRun, Yes));
        return command.WithHelp(
            "0 done, 1 you said no, or something failed, 2 wrong use or environment, 130 Ctrl-C",
            "target-drain hooks list", "target-drain hooks add --name 'shop-*' --dry-run", "target-drain hooks remove --tag team=shop");
    }

    private static Command Sub(string name, string description, Func<IAnsiConsole, ParseResult, Connection, CancellationToken, Task<int>> run, params Option[] options)
    {
        var command = new Command(name, description) { Names, Tag, Configuration.StackOption };
        foreach (var option in options.Concat(Account.Options)) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            if (options.Contains(DryRun)) CheckChange(parsed);
            return run(Terminal.Create(), parsed, Account.Of(parsed).Connect(), cancellation);
        });
        return command.WithHelp("0 done, 1 you said no, or something failed, 2 wrong use or environment, 130 Ctrl-C", $"target-drain hooks {name} --name 'shop-*'");
    }

    public static async Task<int> ListAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation)
    {
        var json = parsed.GetValue(Json);
        var identity = await Identity.TellAsync(console, connection, quiet: json, cancellation);
        var configuration = await Configuration.FindAsync(console, parsed, connection, identity, json, cancellation);
        var groups = await SelectAsync(console, parsed, connection, configuration.Options, quiet: json, cancellation);
        if (json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new HookList(identity, groups), HookJson.Default.HookList));
            return ExitCode.Done;
        }
        if (groups.Count == 0) console.WriteLine("No Auto Scaling group is meant by this.");
        else HookPrinter.Print(console, groups);
        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation)
    {
        var seconds = parsed.GetValue(Heartbeat);
        return await ChangeAsync(
            console, parsed, connection, group => group.Ours is null, name => $"get the hook {NameToGive(name)} ({seconds} s, then CONTINUE)", "have it already",
            (aws, api, name, group, stop) => api.CallAsync("PutLifecycleHook", Urgency.Normal, inner => aws.AutoScaling.PutLifecycleHookAsync(
                new PutLifecycleHookRequest
                {
                    AutoScalingGroupName = group.Group, LifecycleHookName = name, LifecycleTransition = HookCheck.Terminating,
                    HeartbeatTimeout = seconds, DefaultResult = "CONTINUE",
                },
                inner), stop),
            cancellation);
    }

    private static Task<int> RemoveAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation) => ChangeAsync(
        console, parsed, connection, group => group.Ours is not null, _ => "lose the hook; instances that wait on it go on at once", "have none",
        (aws, api, _, group, stop) => api.CallAsync("DeleteLifecycleHook", Urgency.Normal, inner => aws.AutoScaling.DeleteLifecycleHookAsync(
            new DeleteLifecycleHookRequest { AutoScalingGroupName = group.Group, LifecycleHookName = group.Ours! }, inner), stop),
        cancellation);

    private static async Task<int> ChangeAsync(
        IAnsiConsole console, ParseResult parsed, Connection connection, Func<HookedGroup, bool> isToChange, Func<string, string> what, string otherwise,
        Func<AwsClients, AwsApi, string, HookedGroup, CancellationToken, Task> change, CancellationToken cancellation)
    {
        var dry = parsed.GetValue(DryRun);
        var identity = await Identity.TellAsync(console, connection, quiet: false, cancellation);
        var configuration = await Configuration.FindAsync(console, parsed, connection, identity, quiet: false, cancellation);
        var name = configuration.Options.LifecycleHookNames.First();
        var would = what(name);
        var groups = await SelectAsync(console, parsed, connection, configuration.Options, quiet: false, cancellation);
        var changing = groups.FindAll(group => isToChange(group));
        console.WriteLine($"{groups.Count - changing.Count} of {groups.Count} Auto Scaling groups {otherwise}; {changing.Count} would {would}{(changing.Count == 0 ? "." : ":")}");
        foreach (var group in changing) console.WriteLine($"  {group.Group} ({group.Instances} instances)");
        if (dry || changing.Count == 0) return ExitCode.Done;
        var question = $"Change {changing.Count} Auto Scaling groups now, in {identity.Place}, as {identity.Arn}?";
        if (!parsed.GetValue(Yes) && !await new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }.ShowAsync(console, cancellation)) return ExitCode.Finding;
        var api = Account.RateLimited(TimeProvider.System);
        var failed = 0;
        foreach (var group in changing)
        {
            try
            {
                await change(connection.Aws, api, name, group, cancellation);
                console.MarkupLineInterpolated($"[green]ok[/]     {group.Group}");
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failed++;
                console.MarkupLineInterpolated($"[red]ERROR[/]  {group.Group}: {Problem.InWords(exception)}");
            }
        }
        return failed == 0 ? ExitCode.Done : ExitCode.Finding;
    }

    /// <summary>Before anybody's account is asked.</summary>
    private static void CheckChange(ParseResult parsed)
    {
        if (Selection(parsed).IsOpen) throw new WrongUseException("Say which Auto Scaling groups: --name, --tag, or --all.");
        if (!parsed.GetValue(DryRun) && !parsed.GetValue(Yes) && Console.IsInputRedirected)
            throw new WrongUseException("Nobody can be asked here, since the input is no terminal. Add --yes, or --dry-run to see what would be done.");
    }

    private static string NameToGive(string name) => name.AsSpan().ContainsAny('*', '?')
        ? throw new WrongUseException($"The hook names begin with '{name}', which is a pattern and no name to give a hook.")
        : name;

    private static GroupSelection Selection(ParseResult parsed) => new(parsed.GetValue(Names)!, parsed.GetValue(Tag), parsed.GetValue(All));

    private static Task<List<HookedGroup>> SelectAsync(
        IAnsiConsole console, ParseResult parsed, Connection connection, DrainOptions options, bool quiet, CancellationToken cancellation)
    {
        var scaling = new ScalingGroups(connection.Aws.AutoScaling, Account.RateLimited(TimeProvider.System));
        var selection = Selection(parsed);
        return CallProgress.WhileAsync(console, !quiet, connection.Watch, "Listing Auto Scaling groups", async progress =>
        {
            var selected = (await scaling.ListAsync(cancellation)).FindAll(selection.Selects);
            var done = 0;
            return (await Task.WhenAll(selected.Select(async group =>
            {
                var hooks = await scaling.HooksAsync(group.AutoScalingGroupName, cancellation);
                progress.Doing = $"Read the hooks of {Interlocked.Increment(ref done)} of {selected.Count} Auto Scaling groups";
                return HookedGroup.Of(group, hooks.Where(hook => hook.LifecycleTransition == HookCheck.Terminating), options.IsOurs);
            }))).OrderBy(group => group.Group, StringComparer.Ordinal).ToList();
        });
    }
}
