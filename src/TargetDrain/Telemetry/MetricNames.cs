namespace TargetDrain.Telemetry;

/// <summary>The names as CloudWatch shows them. Counts, but for the two durations; some come once more per kind, after a dot.</summary>
internal static class MetricNames
{
    /// <summary>Termination notices read; also per reason.</summary>
    public const string Notices = "Notices";
    /// <summary>Termination notices that no longer held when they were read.</summary>
    public const string NoticesStale = "NoticesStale";
    /// <summary>Drain tickets that came back.</summary>
    public const string TicketsRead = "TicketsRead";
    /// <summary>Drain tickets handed to the queue.</summary>
    public const string TicketsSent = "TicketsSent";
    /// <summary>Messages that ask nothing of us.</summary>
    public const string EventsIgnored = "EventsIgnored";
    /// <summary>Messages that could not be understood.</summary>
    public const string MessagesMalformed = "MessagesMalformed";
    /// <summary>Messages handed back for another attempt.</summary>
    public const string MessagesFailed = "MessagesFailed";
    /// <summary>AWS API calls, attempts included; also per operation.</summary>
    public const string ApiCalls = "ApiCalls";
    /// <summary>AWS API calls that were throttled.</summary>
    public const string ApiThrottles = "ApiThrottles";
    /// <summary>Targets taken out of a group.</summary>
    public const string TargetsDeregistered = "TargetsDeregistered";
    /// <summary>Seconds from the event's time until all targets of its instance were taken out.</summary>
    public const string TimeToDeregister = "TimeToDeregister";
    /// <summary>Seconds from the first look at the instance to the end of its drain.</summary>
    public const string DrainDuration = "DrainDuration";
    /// <summary>Instances whose addresses EC2 did not return, or no longer.</summary>
    public const string AddressesUnknown = "AddressesUnknown";
    /// <summary>Lifecycle action heartbeats.</summary>
    public const string Heartbeats = "Heartbeats";
    /// <summary>Lifecycle actions ended by us; also per result.</summary>
    public const string ActionsCompleted = "ActionsCompleted";
    /// <summary>Lifecycle actions that had ended before we came.</summary>
    public const string ActionsAlreadyOver = "ActionsAlreadyOver";
    /// <summary>Drains that outlasted their time.</summary>
    public const string DrainsTimedOut = "DrainsTimedOut";
    /// <summary>Drains given up with a group's answer unknown.</summary>
    public const string DrainsGivenUp = "DrainsGivenUp";
}
