namespace TargetDrain.Local;

/// <summary>What every command's exit code means.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It ran, and found something that is not as it should be.</summary>
    public const int Finding = 1;

    /// <summary>The call or the environment is wrong: it could not run.</summary>
    public const int WrongUse = 2;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}

/// <summary>A sentence for a person who called a command wrongly, or whose environment lacks something.</summary>
internal sealed class WrongUseException(string message) : Exception(message);
