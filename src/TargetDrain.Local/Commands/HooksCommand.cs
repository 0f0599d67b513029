using Amazon.AutoScaling.Model;
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

    private static readonly Option<int> Heartbeat = new Option<int>("--heartbeat-timeout")
    {
        Description = "Seconds that an instance waits if TargetDrain fails.", HelpName = "seconds", DefaultValueFactory = _ => 900,
    }.Within(ShortestHeartbeat, LongestHeartbeat);

    public static Command Create()
    {
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
        var session = new Session(console, connection, parsed.GetValue(Json), cancellation);
        var identity = await Identity.TellAsync(session);
        var configuration = await Configuration.FindAsync(session, parsed, identity);
        var groups = await SelectAsync(session, parsed, configuration.Options);
        await session.ShowAsync(new HookList(identity, groups), AnswerJson.Default.HookList, HookPrinter.Print);
        return ExitCode.Done;
    }

    private static Task<int> AddAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation)
    {
        var seconds = parsed.GetValue(Heartbeat);
        return ChangeAsync(new Session(console, connection, IsQuiet: false, cancellation), parsed, new HookChange(
            group => group.Ours is null, name => $"get the hook {NameToGive(name)} ({seconds} s, then CONTINUE)", "have it already",
            (session, name, group) => session.Api.CallAsync("PutLifecycleHook", Urgency.Normal, stop => session.Aws.AutoScaling.PutLifecycleHookAsync(
                new PutLifecycleHookRequest
                {
                    AutoScalingGroupName = group.Group, LifecycleHookName = name, LifecycleTransition = ScalingGroups.Terminating,
                    HeartbeatTimeout = seconds, DefaultResult = "CONTINUE",
                },
                stop), cancellation)));
    }

    private static Task<int> RemoveAsync(IAnsiConsole console, ParseResult parsed, Connection connection, CancellationToken cancellation) =>
        ChangeAsync(new Session(console, connection, IsQuiet: false, cancellation), parsed, new HookChange(
            group => group.Ours is not null, _ => "lose the hook; instances that wait on it go on at once", "have none",
            (session, _, group) => session.Api.CallAsync("DeleteLifecycleHook", Urgency.Normal, stop => session.Aws.AutoScaling.DeleteLifecycleHookAsync(
                new DeleteLifecycleHookRequest { AutoScalingGroupName = group.Group, LifecycleHookName = group.Ours! }, stop), cancellation)));

    private static async Task<int> ChangeAsync(Session session, ParseResult parsed, HookChange change)
    {
        var (console, cancellation) = (session.Console, session.Cancellation);
        var identity = await Identity.TellAsync(session);
        var options = (await Configuration.FindAsync(session, parsed, identity)).Options;
        var name = options.LifecycleHookNames.First();
        var would = change.InWords(name);
        var groups = await SelectAsync(session, parsed, options);
        var changing = groups.FindAll(change.IsMeant);
        console.WriteLine($"{groups.Count - changing.Count} of {groups.Count} Auto Scaling groups {change.Otherwise}; {changing.Count} would {would}{(changing.Count == 0 ? "." : ":")}");
        foreach (var group in changing) console.WriteLine($"  {group.Group} ({group.Instances} instances)");
        if (parsed.GetValue(DryRun) || changing.Count == 0) return ExitCode.Done;
        var question = $"Change {changing.Count} Auto Scaling groups now, in {identity.Place}, as {identity.Arn}?";
        if (!parsed.GetValue(Yes) && !await new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }.ShowAsync(console, cancellation)) return ExitCode.Finding;
        var failed = 0;
        foreach (var group in changing)
        {
            try
            {
                await change.MakeAsync(session, name, group);
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

    private static Task<List<HookedGroup>> SelectAsync(Session session, ParseResult parsed, DrainOptions options)
    {
        var scaling = new ScalingGroups(session.Aws.AutoScaling, session.Api);
        var selection = Selection(parsed);
        return session.WhileAsync("Listing Auto Scaling groups", async progress =>
        {
            var selected = (await scaling.ListAsync(session.Cancellation)).FindAll(selection.Selects);
            var done = 0;
            return (await Task.WhenAll(selected.Select(async group =>
            {
                var hooks = await scaling.TerminatingHooksAsync(group.AutoScalingGroupName, session.Cancellation);
                progress.Doing = $"Read the hooks of {Interlocked.Increment(ref done)} of {selected.Count} Auto Scaling groups";
                return HookedGroup.Of(group, hooks, options.IsOurs);
            }))).OrderBy(group => group.Group, StringComparer.Ordinal).ToList();
        });
    }

    /// <param name="IsMeant">Whether a group lacks the change; <paramref name="Otherwise"/> says what the others have.</param>
    /// <param name="InWords">What would become of the groups, by the hook's name.</param>
    private sealed record HookChange(
        Predicate<HookedGroup> IsMeant, Func<string, string> InWords, string Otherwise, Func<Session, string, HookedGroup, Task> MakeAsync);
}
