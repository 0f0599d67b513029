namespace TargetDrain.Events;

/// <summary>EventBridge writes UTC; CloudWatchEvent carries it as a DateTime.</summary>
internal static class EventTime
{
    public static DateTimeOffset Of(DateTime time) => new(time.ToUniversalTime(), TimeSpan.Zero);
}
