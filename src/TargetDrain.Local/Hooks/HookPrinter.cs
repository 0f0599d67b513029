namespace TargetDrain.Local.Hooks;

/// <summary>The hooks of Auto Scaling groups for a person.</summary>
internal static class HookPrinter
{
    public static void Print(IAnsiConsole console, HookList hooks)
    {
        if (hooks.Groups.Count == 0)
        {
            console.WriteLine("No Auto Scaling group is meant by this.");
            return;
        }
        var columns = new Columns("Auto Scaling group", "instances", "hook", "other terminating hooks");
        foreach (var group in hooks.Groups)
            columns.Add(
                group.Group, $"{group.Instances}",
                group.Ours is null ? new Cell("none", Color.Yellow) : $"{group.Ours}, {group.HeartbeatTimeout} s, then {group.DefaultResult}",
                string.Join(", ", group.Others));
        columns.Write(console);
    }
}
