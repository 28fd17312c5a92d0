using MQTTnet;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Finds the message whose answer the broker ends the connection for: it would come again after every reconnect, and nothing else
/// would get through. Whatever was being published when a connection ended is suspected; what was there twice is published alone; what
/// ends the connection alone twice is convicted. Whatever the broker takes is innocent. Kept in memory: after a restart of the appliance
/// the same few connections find it again.
/// </summary>
internal sealed class Suspects(TimeProvider time)
{
    /// <summary>How long a message is remembered after the last connection that ended while it was published.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private const int MostKept = 4_096;
    private const int TogetherCuts = 2;
    private const int AloneCuts = 2;
    private readonly Lock _lock = new();
    private readonly Dictionary<MessageKey, (int Together, int Alone, DateTimeOffset End)> _cuts = [];

    /// <summary>Whether nobody is suspected, so that nothing needs a key.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _cuts.Count == 0;
        }
    }

    /// <summary>What is to be done with a message.</summary>
    public Suspicion Of(MqttApplicationMessage message, bool isError)
    {
        if (IsEmpty)
            return Suspicion.None;
        var key = MessageKey.Of(message, isError);
        lock (_lock)
        {
            if (_cuts.TryGetValue(key, out var cuts) && cuts.End <= time.GetUtcNow())
                _cuts.Remove(key);
            return cuts.End <= time.GetUtcNow() ? Suspicion.None
                : cuts.Alone >= AloneCuts ? Suspicion.Convicted
                : cuts.Together >= TogetherCuts ? Suspicion.PublishAlone
                : Suspicion.None;
        }
    }

    /// <summary>The connection ended while the message's answer or error was being published.</summary>
    public void AddCut(MqttApplicationMessage message, bool isError, bool wasAlone)
    {
        var key = MessageKey.Of(message, isError);
        lock (_lock)
        {
            if (_cuts.Count >= MostKept && !_cuts.ContainsKey(key))
                _cuts.Clear(); // those that come again are suspected again
            var cuts = _cuts.GetValueOrDefault(key);
            var end = time.GetUtcNow() + Lasts;
            _cuts[key] = wasAlone ? (cuts.Together, cuts.Alone + 1, end) : (cuts.Together + 1, cuts.Alone, end);
        }
    }

    /// <summary>The broker took it.</summary>
    public void Clear(MqttApplicationMessage message, bool isError)
    {
        if (IsEmpty)
            return;
        var key = MessageKey.Of(message, isError);
        lock (_lock)
            _cuts.Remove(key);
    }
}
