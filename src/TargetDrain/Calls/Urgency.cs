namespace TargetDrain.Calls;

/// <summary>Who goes first when calls wait for the API's rate.</summary>
internal enum Urgency
{
    /// <summary>The instance dies whether we are ready or not. Does not give way to other clients of the account.</summary>
    Critical,

    /// <summary>Somebody waits for us.</summary>
    Normal,

    /// <summary>Minutes do not matter.</summary>
    Patient,
}
