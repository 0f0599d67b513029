namespace TargetDrain.Lifecycle;

/// <summary>How the wait for an instance ended.</summary>
internal enum DrainOutcome
{
    /// <summary>Every registration that was found has left its group.</summary>
    Drained,
    /// <summary>There was nothing to wait for.</summary>
    NothingRegistered,
    /// <summary>Targets still drain, and the time is up.</summary>
    TimedOut,
    /// <summary>A group's answer is still unknown, and the time or the last attempt is used up.</summary>
    GaveUp,
}

/// <summary>What becomes of a lifecycle action.</summary>
internal enum ActionResult
{
    Continue,
    Abandon,
    /// <summary>Nothing: the hook times out with its own default result.</summary>
    Leave,
}
