namespace TargetDrain.Events;

/// <summary>
/// "AWS Health Event": retirements and maintenance are announced weeks ahead. Draining on the announcement would take
/// healthy capacity away; when the time has come, EC2 sends a state change. Counted, never acted on.
/// Schema: https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
/// </summary>
internal static class HealthEvent
{
    public const string Source = "aws.health";
    public const string DetailType = "AWS Health Event";

    public static ParsedMessage Ignored { get; } =
        new ParsedMessage.Ignored("health", "an announcement; the state change that follows is acted on.");
}
