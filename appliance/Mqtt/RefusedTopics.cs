using Edge.Appliance.Health;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Topics that the broker's access list refused lately, and the warning of them. It ends when the broker takes messages on all of
/// them, or when nobody has been refused for a while.
/// </summary>
internal sealed class RefusedTopics(HealthState health, TimeProvider time, string code, string what, string remedy)
{
    private const int MostKept = 1_000;
    private const int LongestShown = 100;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    /// <summary>Whether something was refused lately, so that there is no use in waiting for a change.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
                return _ends.Values.Any(end => end > time.GetUtcNow());
        }
    }

    /// <summary>A topic as messages show it: senders may choose one of 65535 bytes.</summary>
    public static string Short(string topic) => topic.Length <= LongestShown ? topic : topic[..LongestShown] + "...";

    /// <summary>The broker refused it.</summary>
    public void Add(string topic, string reason)
    {
        lock (_lock)
        {
            if (_ends.Count < MostKept || _ends.ContainsKey(topic))
                _ends[topic] = time.GetUtcNow() + HealthState.EventLasts;
        }
        health.WarnOfEvent(code, HealthSeverity.Error, $"the broker refuses {what} on {Short(topic)}: {reason}", remedy);
    }

    /// <summary>The broker took it.</summary>
    public void Remove(string topic)
    {
        lock (_lock)
        {
            if (_ends.Remove(topic) && _ends.Count == 0)
                health.Clear(code);
        }
    }
}
