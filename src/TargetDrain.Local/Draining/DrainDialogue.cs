using TargetDrain.Local.Planning;

namespace TargetDrain.Local.Draining;

/// <summary>What "drain" says and asks.</summary>
/// <param name="console">Null when standard output belongs to a program: everything is said on standard error then.</param>
/// <param name="isAgreed">Nobody is to be asked.</param>
internal sealed class DrainDialogue(IAnsiConsole? console, Identity identity, string instanceId, bool isAgreed)
{
    public void Tell(string text)
    {
        if (console is null) Console.Error.WriteLine(text);
        else console.WriteLine(text);
    }

    public async Task<bool> MayDrainAsync(int groups, bool isDryRun, CancellationToken cancellation)
    {
        Tell("");
        var where = $"in {identity.Place}, as {identity.Arn}";
        return await AskAsync(
            isDryRun
                ? $"It is in dry run: the function only logs what it would do. Ask it nevertheless, {where}?"
                : $"Take {instanceId} out of {groups} target {(groups == 1 ? "group" : "groups")} now, {where}?",
            "Nothing was sent.", cancellation);
    }

    public async Task<bool> MayTerminateAsync(ScalingMembership? membership, CancellationToken cancellation)
    {
        if (membership is not null) Tell($"It is a member of the Auto Scaling group {membership.Group}, which starts another in its place.");
        return await AskAsync($"Terminate {instanceId} now, in {identity.Place}, as {identity.Arn}?", "It was not terminated.", cancellation);
    }

    public void TellUndo(IReadOnlyList<string> commands)
    {
        if (commands.Count == 0) return;
        Tell("");
        Tell("This undoes it:");
        // Not through Spectre: a command must not be broken where the terminal ends.
        foreach (var command in commands) (console is null ? Console.Error : Console.Out).WriteLine($"  {command}");
    }

    /// <summary>Shows the targets leave.</summary>
    /// <param name="endsInstance">It was to be terminated afterwards.</param>
    /// <returns>Whether all did.</returns>
    public async Task<bool> FollowAsync(DrainWatch watch, IReadOnlyList<string> undo, bool endsInstance, CancellationToken cancellation)
    {
        try
        {
            var isOver = console is null
                ? await watch.RunAsync(step => DrainView.Write(Console.Error, step), cancellation)
                : await DrainView.FollowAsync(console, watch, TimeProvider.System, cancellation);
            Tell(isOver
                ? $"Drained after {watch.Elapsed.TotalSeconds:0} s: {watch.InWords}."
                : $"Drain deadline exceeded after {watch.Elapsed.TotalSeconds:0} s: {watch.InWords}.{(watch.IsIgnored ? " The function has not begun; \"target-drain doctor\" looks for the cause." : "")}{(watch.Problem.Length > 0 ? $" {watch.Problem}." : "")}");
            TellUndo(undo);
            return isOver;
        }
        catch (OperationCanceledException)
        {
            Tell($"Stopped watching after {watch.Elapsed.TotalSeconds:0} s. The request stands, and TargetDrain goes on: {watch.InWords}.");
            Tell($"\"target-drain plan {instanceId}\" shows how far it is.{(endsInstance ? " It was not terminated." : "")}");
            TellUndo(undo);
            throw;
        }
    }

    private async Task<bool> AskAsync(string question, string otherwise, CancellationToken cancellation)
    {
        if (isAgreed) return true;
        try
        {
            if (await new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }.ShowAsync(console!, cancellation)) return true;
        }
        catch (OperationCanceledException)
        {
            Tell("");
            Tell(otherwise);
            throw;
        }
        Tell(otherwise);
        return false;
    }
}
