namespace TargetDrain.Telemetry;

/// <summary>The names as CloudWatch shows them. Some come once more per reason, operation or result, after a dot.</summary>
internal static class MetricNames
{
    /// <summary>Termination notices read. Count; also per reason.</summary>
    public const string Notices = "Notices";

    /// <summary>Termination notices that no longer held when they were read. Count.</summary>
    public const string NoticesStale = "NoticesStale";

    /// <summary>Drain tickets that came back. Count.</summary>
    public const string TicketsRead = "TicketsRead";

    /// <summary>Drain tickets handed to the queue. Count.</summary>
    public const string TicketsSent = "TicketsSent";

    /// <summary>Messages that ask nothing of us. Count.</summary>
    public const string EventsIgnored = "EventsIgnored";

    /// <summary>Messages that could not be understood. Count.</summary>
    public const string MessagesMalformed = "MessagesMalformed";

    /// <summary>Messages handed back for another attempt. Count.</summary>
    public const string MessagesFailed = "MessagesFailed";

    /// <summary>AWS API calls, attempts included. Count; also per operation.</summary>
    public const string ApiCalls = "ApiCalls";

    /// <summary>AWS API calls that were throttled. Count.</summary>
    public const string ApiThrottles = "ApiThrottles";

    /// <summary>Targets taken out of a group. Count.</summary>
    public const string TargetsDeregistered = "TargetsDeregistered";

    /// <summary>From the event's time until all targets of its instance were taken out. Seconds.</summary>
    public const string TimeToDeregister = "TimeToDeregister";

    /// <summary>From the first look at the instance to the end of its drain. Seconds.</summary>
    public const string DrainDuration = "DrainDuration";

    /// <summary>Instances whose addresses EC2 did not return, or no longer. Count.</summary>
    public const string AddressesUnknown = "AddressesUnknown";

    /// <summary>Lifecycle action heartbeats. Count.</summary>
    public const string Heartbeats = "Heartbeats";

    /// <summary>Lifecycle actions ended by us. Count; also per result.</summary>
    public const string ActionsCompleted = "ActionsCompleted";

    /// <summary>Lifecycle actions that had ended before we came. Count.</summary>
    public const string ActionsAlreadyOver = "ActionsAlreadyOver";

    /// <summary>Drains that outlasted their time. Count.</summary>
    public const string DrainsTimedOut = "DrainsTimedOut";

    /// <summary>Drains given up with a group's answer unknown. Count.</summary>
    public const string DrainsGivenUp = "DrainsGivenUp";
}
