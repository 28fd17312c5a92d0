using MQTTnet.Wire;

namespace MQTTnet.Client;

/// <summary>The calls that wait for a packet, by the packet's type and identifier (MQTT 5 section 2.2.1).</summary>
internal sealed class PendingReplies
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(PacketType Type, ushort Identifier), TaskCompletionSource<RawPacket>> _waiting = [];
    private readonly HashSet<ushort> _identifiersInUse = [];
    private ushort _lastIdentifier;
    private Exception? _closed;

    /// <summary>The next free identifier. MQTT 5 section 2.2.1: never 0, never one that is in use.</summary>
    public ushort TakeIdentifier()
    {
        lock (_lock)
        {
            if (_identifiersInUse.Count == ushort.MaxValue)
                throw new InvalidOperationException("All 65,535 packet identifiers are in use; wait for acknowledgements first.");
            do
                _lastIdentifier = _lastIdentifier == ushort.MaxValue ? (ushort)1 : (ushort)(_lastIdentifier + 1);
            while (!_identifiersInUse.Add(_lastIdentifier));
            return _lastIdentifier;
        }
    }

    public void ReturnIdentifier(ushort identifier)
    {
        lock (_lock)
            _identifiersInUse.Remove(identifier);
    }

    /// <summary>Must be called before the request is sent: the reply may be faster than the return from sending.</summary>
    public Task<RawPacket> Expect(PacketType type, ushort identifier)
    {
        lock (_lock)
        {
            if (_closed != null)
                return Task.FromException<RawPacket>(_closed);
            // Two pings at once share one reply.
            if (_waiting.TryGetValue((type, identifier), out var present))
                return present.Task;
            var waiting = new TaskCompletionSource<RawPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[(type, identifier)] = waiting;
            return waiting.Task;
        }
    }

    public void Forget(PacketType type, ushort identifier)
    {
        lock (_lock)
            _waiting.Remove((type, identifier));
    }

    /// <summary>False when nobody waits: the call was cancelled, or belonged to an earlier connection.</summary>
    public bool TryComplete(PacketType type, ushort identifier, RawPacket packet)
    {
        TaskCompletionSource<RawPacket>? waiting;
        lock (_lock)
            _waiting.Remove((type, identifier), out waiting);
        return waiting?.TrySetResult(packet) ?? false;
    }

    /// <summary>Fails every waiting call and every later one; the first reason stays.</summary>
    public void Close(Exception reason)
    {
        TaskCompletionSource<RawPacket>[] waiting;
        lock (_lock)
        {
            _closed ??= reason;
            waiting = [.. _waiting.Values];
            _waiting.Clear();
        }
        foreach (var call in waiting)
        {
            call.TrySetException(reason);
            // A call that was cancelled meanwhile no longer looks.
            _ = call.Task.Exception;
        }
    }
}
