using System.Text.Json.Serialization.Metadata;

namespace TargetDrain.Local.Accounts;

/// <summary>A command at work on an account: whom it asks and to whom it tells it.</summary>
/// <param name="IsQuiet">Standard output belongs to a program: what a person is to know is said on standard error.</param>
internal sealed record Session(IAnsiConsole Console, Connection Connection, bool IsQuiet, CancellationToken Cancellation)
{
    public AwsClients Aws => Connection.Aws;

    /// <summary>Calls of the whole command, at a rate that leaves the function its own.</summary>
    public AwsApi Api { get; } = Account.RateLimited(TimeProvider.System);

    public Task<T> WhileAsync<T>(string doing, Func<CallProgress, Task<T>> work) => CallProgress.WhileAsync(Console, !IsQuiet, Connection.Watch, doing, work);

    /// <summary>With the number of target groups looked into while it takes long.</summary>
    public Task<T> WhileLookingAsync<T>(string doing, Func<Action<int, int>, Task<T>> work) =>
        WhileAsync(doing, progress => work((done, all) => progress.Doing = $"Looked into {done} of {all} target groups"));

    /// <summary>What counts for all that follows.</summary>
    public async Task SayAsync(string line)
    {
        if (IsQuiet) await System.Console.Error.WriteLineAsync(line);
        else Console.Write(new Text(line + Environment.NewLine, new Style(Color.Grey)));
    }

    /// <summary>What the command was run for: as JSON for a program, printed for a person.</summary>
    public async Task ShowAsync<T>(T result, JsonTypeInfo<T> shape, Action<IAnsiConsole, T> print)
    {
        if (IsQuiet) await System.Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, shape));
        else print(Console, result);
    }
}
