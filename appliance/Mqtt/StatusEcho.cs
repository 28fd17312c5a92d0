using System.Buffers;

namespace Edge.Appliance.Mqtt;

/// <summary>Our own status, as it comes back from the broker: the proof that the broker still delivers to us.</summary>
internal sealed class StatusEcho
{
    private readonly Lock _lock = new();
    private byte[] _expected = [];
    private TaskCompletionSource _heard = new();

    /// <summary>Ends when a status comes back that is published after this call.</summary>
    public Task ExpectAsync(byte[] status)
    {
        lock (_lock)
        {
            _expected = status;
            _heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _heard.Task;
        }
    }

    /// <summary>A status of ours came.</summary>
    public void Hear(ReadOnlySequence<byte> status)
    {
        lock (_lock)
        {
            if (status.ToArray().AsSpan().SequenceEqual(_expected))
                _heard.TrySetResult();
        }
    }
}
