namespace TargetDrain.Lifecycle;

/// <summary>What becomes of a lifecycle action.</summary>
internal enum ActionResult
{
    Continue,
    Abandon,

    /// <summary>Nothing: the hook times out with its own default result.</summary>
    Leave,
}
