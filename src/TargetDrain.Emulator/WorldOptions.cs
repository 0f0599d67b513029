namespace TargetDrain.Emulator;

/// <summary>What an emulated account looks like and how fast its parts are.</summary>
public sealed record WorldOptions
{
    public string Account { get; init; } = "123456789012";

    public string Region { get; init; } = "us-east-1";

    /// <summary>The same seed gives the same ids.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>From RunInstances to running.</summary>
    public TimeSpan PendingTime { get; init; } = TimeSpan.Zero;

    /// <summary>From TerminateInstances to terminated.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an instance that shuts down still shows its network interfaces; at most <see cref="ShutdownTime"/>.</summary>
    public TimeSpan AddressesKept { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From StopInstances to stopped.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a new target is "initial".</summary>
    public TimeSpan RegistrationTime { get; init; } = TimeSpan.Zero;

    /// <summary>The service quota "targets per target group".</summary>
    public int TargetsPerGroup { get; init; } = 1000;
}
