namespace Edge.Trainer.Training;

/// <summary>
/// How far a phase is, from 0 to 1: by steps, or by time where time is the shorter limit. It never runs backwards, so a
/// schedule that follows it is smooth on a busy machine, and the same in every run whose time limit is not reached.
/// </summary>
internal sealed class PhaseClock
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly long _steps;
    private readonly TimeSpan _limit;

    public PhaseClock(PhaseLimit limit, int stepsPerEpoch, TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        _limit = limit.Time;
        _steps = Math.Max(1, (long)Math.Ceiling(limit.Epochs * stepsPerEpoch));
    }

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Tokens seen, without padding.</summary>
    public long Tokens { get; private set; }

    /// <summary>Part done, 0 to 1.</summary>
    public double Progress { get; private set; }

    /// <summary>Wall time since the start.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Wall time left, judged by the part done.</summary>
    public TimeSpan Left => Progress > 0 ? Elapsed * ((1 - Progress) / Progress) : _limit;

    /// <summary>Counts a step.</summary>
    public void Advance(int tokens)
    {
        Step++;
        Tokens += tokens;
        Progress = Math.Clamp(Math.Max((double)Step / _steps, Elapsed / _limit), Progress, 1);
    }
}
