using TargetDrain.Emulator.Faults;

namespace TargetDrain.Reliability;

/// <summary>Every way a call is made to go wrong, by the name that replays it.</summary>
internal static class FaultKinds
{
    public static IReadOnlyDictionary<string, Fault> All { get; } = new Dictionary<string, Fault>
    {
        ["throttled"] = Fault.Throttled,
        ["internal-error"] = Fault.InternalError,
        ["unavailable"] = Fault.Unavailable,
        ["refused"] = Fault.ConnectionRefused,
        ["reset-before"] = Fault.ConnectionReset,
        ["reset-after"] = Fault.ConnectionResetAfterEffect,
        ["cut"] = Fault.CutInHalf,
        ["malformed"] = Fault.Malformed,
        ["stall"] = Fault.StallFor(TimeSpan.FromSeconds(30)),
        ["denied"] = Fault.AccessDenied,
        ["expired"] = Fault.ExpiredCredentials,
    };

    /// <summary>It took effect at once, but the answer comes late; above ten seconds nobody waits for it any more.</summary>
    public static IReadOnlyDictionary<string, Fault> Slow { get; } = new[] { 1, 5, 9, 15 }.ToDictionary(
        seconds => $"slow-{seconds}", seconds => Fault.StallFor(TimeSpan.FromSeconds(seconds)) with { AfterEffect = true });

    /// <summary>The process is killed; its caller would see the connection go.</summary>
    public static IReadOnlyDictionary<string, Fault> Crashes { get; } = new Dictionary<string, Fault>
    {
        ["crash-before"] = Fault.ConnectionReset,
        ["crash-after"] = Fault.ConnectionResetAfterEffect,
    };

    public static IEnumerable<string> Names => All.Keys.Concat(Slow.Keys).Concat(Crashes.Keys).Concat(Crowd.All.Keys);

    public static Fault? Find(string name) => All.GetValueOrDefault(name) ?? Slow.GetValueOrDefault(name) ?? Crashes.GetValueOrDefault(name);
}
