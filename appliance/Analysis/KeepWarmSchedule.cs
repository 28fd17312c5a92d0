namespace Edge.Appliance.Analysis;

/// <summary>When <see cref="KeepWarmService"/> runs the model: often while callers come, not at all where none came for a minute.</summary>
/// <param name="interval">Between two runs while callers come.</param>
internal sealed class KeepWarmSchedule(TimeSpan interval)
{
    /// <summary>Calls are not over because nobody speaks for a while.</summary>
    public static readonly TimeSpan AfterLastUtterance = TimeSpan.FromMinutes(1);

    /// <summary>How soon an idle appliance sees that callers come again.</summary>
    public static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(1);

    private long _seen;
    private TimeSpan _left;

    /// <summary>Until the next tick.</summary>
    public TimeSpan Period => _left > TimeSpan.Zero ? interval : IdlePeriod;

    /// <summary>A period is over.</summary>
    /// <param name="utterances">Utterances of callers since the start.</param>
    /// <returns>Whether the model shall run: callers came within the last minute, but none in this period, which would have kept it
    /// warm.</returns>
    public bool Tick(long utterances)
    {
        if (utterances == _seen)
        {
            _left -= Period;
            return _left > TimeSpan.Zero;
        }
        (_seen, _left) = (utterances, AfterLastUtterance);
        return false;
    }
}
