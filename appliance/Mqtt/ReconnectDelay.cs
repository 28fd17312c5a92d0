namespace Edge.Appliance.Mqtt;

/// <summary>Pauses between attempts to connect: doubling up to a maximum, each shortened at random by up to half.</summary>
internal sealed class ReconnectDelay(TimeSpan longest, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private int _attempts;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var full = Math.Min(longest.Ticks, First.Ticks * Math.Pow(2, Math.Min(_attempts++, 40)));
        return TimeSpan.FromTicks((long)(full * (1 - (random.NextDouble() / 2))));
    }

    /// <summary>Starts from the first pause again.</summary>
    public void Reset() => _attempts = 0;
}
