namespace TargetDrain.Emulator;

/// <summary>What the services of a world are made with.</summary>
internal sealed record ServiceContext(StateLock State, Scheduler Scheduler, IdSource Ids, WorldOptions Options)
{
    public DateTimeOffset Now => Scheduler.Now;

    /// <summary>A change that the clock makes. Disposing the result calls it off.</summary>
    public IDisposable After(TimeSpan delay, Action change) => Scheduler.After(delay, () => State.Change(change));

    /// <summary>
    /// The same; what is due already is done within the change under way, so that a world without waiting times needs no
    /// clock to move.
    /// </summary>
    public void At(DateTimeOffset due, Action change)
    {
        if (due <= Now) change();
        else After(due - Now, change);
    }

    public string Arn(string service, string resource) => Options.Arn(service, resource);
}
