namespace TargetDrain.Emulator;

/// <summary>What an emulated account looks like and how fast its parts are.</summary>
internal sealed record WorldOptions
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

    /// <summary>Until then, whether its interfaces show as "detaching", as EC2 may tell it, or still as "attached".</summary>
    public bool CardsDetachInSight { get; init; }

    /// <summary>From StopInstances to stopped.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a new target is "initial": half of it while the registration is in progress, half while the first health
    /// checks are.
    /// </summary>
    public TimeSpan RegistrationTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long a Network Load Balancer goes on sending to a target that was taken out; up to two minutes in the field.</summary>
    public TimeSpan NetworkTrafficLingers { get; init; } = TimeSpan.Zero;

    /// <summary>Whether instance targets outlive their instance, which AWS takes out by itself as a rule.</summary>
    public bool TerminatedStayRegistered { get; init; }

    /// <summary>The service quota "targets per target group".</summary>
    public int TargetsPerGroup { get; init; } = 1000;

    /// <summary>The share of events that never reach the bus, 0 to 1: Auto Scaling and EC2 send "best effort".</summary>
    public double EventsLost { get; init; }

    /// <summary>The share of events that rules get twice, 0 to 1: EventBridge delivers at least once.</summary>
    public double EventsDoubled { get; init; }

    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Account}:{resource}";

    /// <summary>What the field sees, where the defaults are those that make tests short: for worlds that people look at.</summary>
    public static WorldOptions Lifelike => new()
    {
        RegistrationTime = TimeSpan.FromSeconds(10),
        CardsDetachInSight = true,
        NetworkTrafficLingers = TimeSpan.FromMinutes(2),
    };
}
