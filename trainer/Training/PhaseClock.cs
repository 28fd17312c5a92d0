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
    private TimeSpan _limit;
    private TimeSpan _before;

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

    /// <summary>Wall time since the start, earlier processes included.</summary>
    public TimeSpan Elapsed => _before + _time.GetElapsedTime(_started);

    /// <summary>Wall time left, judged by the part done.</summary>
    public TimeSpan Left => Progress > 0 ? Elapsed * ((1 - Progress) / Progress) : _limit;

    /// <summary>What it shows; setting it goes on from there.</summary>
    public Reading Now
    {
        get => new(Step, Tokens, Progress, Elapsed, _limit);
        set => (Step, Tokens, Progress, _before, _limit) = (value.Step, value.Tokens, value.Progress, value.Elapsed, value.Limit);
    }

    /// <summary>Counts a step.</summary>
    public void Advance(int tokens)
    {
        Step++;
        Tokens += tokens;
        Progress = Math.Clamp(Math.Max((double)Step / _steps, Elapsed / _limit), Progress, 1);
    }

    /// <summary>What a clock shows.</summary>
    /// <param name="Step">Steps done.</param>
    /// <param name="Tokens">Tokens seen.</param>
    /// <param name="Progress">Part done.</param>
    /// <param name="Elapsed">Wall time.</param>
    /// <param name="Limit">Wall time that the phase may take.</param>
    internal readonly record struct Reading(long Step, long Tokens, double Progress, TimeSpan Elapsed, TimeSpan Limit);
}
