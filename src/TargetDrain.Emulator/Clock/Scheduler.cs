namespace TargetDrain.Emulator.Clock;

/// <summary>What is to happen later, by the clock. Keeps its timers alive until they have fired.</summary>
internal sealed class Scheduler(TimeProvider clock)
{
    private readonly HashSet<Appointment> pending = [];
    private readonly Lock gate = new();

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Disposing the result calls it off.</summary>
    public IDisposable After(TimeSpan delay, Action action)
    {
        var appointment = new Appointment(this, action);
        lock (gate) pending.Add(appointment);
        appointment.Start(clock, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        return appointment;
    }

    private sealed class Appointment(Scheduler scheduler, Action action) : IDisposable
    {
        private ITimer? timer;

        public void Start(TimeProvider clock, TimeSpan delay)
        {
            timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(delay, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => TryLeave();

        private void Fire()
        {
            if (TryLeave()) action();
        }

        private bool TryLeave()
        {
            lock (scheduler.gate)
            {
                if (!scheduler.pending.Remove(this)) return false;
            }
            timer?.Dispose();
            return true;
        }
    }
}
