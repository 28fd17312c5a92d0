using Edge.Appliance.Configuration;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Counts messages that were received and are not finished, and bounds them. With QoS 1 the broker keeps to the same bound
/// (receive maximum); QoS 0 knows no bound, so those are refused beyond it. Each has slots of its own: where QoS 0 took those of QoS 1,
/// a QoS 1 message had to wait, and everything behind it piled up without bound.
/// </summary>
internal sealed class InFlightMessages(AnalysisOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots = new(options.QueueCapacity);
    private readonly SemaphoreSlim _unacknowledgedSlots = new(options.QueueCapacity);
    private readonly LinkedList<Slot> _taken = []; // oldest first
    private long _lastFinished;
    private TaskCompletionSource _idle = CreateSignal(set: true);

    /// <summary>Messages in flight now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _taken.Count;
        }
    }

    /// <summary>How long the oldest of them has been; zero where there is none.</summary>
    public TimeSpan OldestAge
    {
        get
        {
            lock (_lock)
                return _taken.First is { } oldest ? time.GetElapsedTime(oldest.Value.Since) : TimeSpan.Zero;
        }
    }

    /// <summary>How long ago a message was last answered and acknowledged; null where none has been.</summary>
    public TimeSpan? SinceFinished => Interlocked.Read(ref _lastFinished) is not 0 and var last ? time.GetElapsedTime(last) : null;

    /// <summary>Most at once since the start.</summary>
    public int Highest { get; private set; }

    /// <summary>Takes a slot of QoS 1, waiting for one.</summary>
    public async Task<LinkedListNode<Slot>> EnterAsync(CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        return Enter(isAcknowledged: true);
    }

    /// <summary>Takes a slot of QoS 0 if one is free.</summary>
    public LinkedListNode<Slot>? TryEnter() =>
        _unacknowledgedSlots.Wait(0, CancellationToken.None) ? Enter(isAcknowledged: false) : null;

    /// <summary>A message was answered and acknowledged; its slot is not free yet.</summary>
    public void Finished() => Interlocked.Exchange(ref _lastFinished, time.GetTimestamp());

    /// <summary>Frees a slot.</summary>
    public void Leave(LinkedListNode<Slot> slot)
    {
        lock (_lock)
        {
            _taken.Remove(slot);
            if (_taken.Count == 0)
                _idle.SetResult();
        }
        (slot.Value.IsAcknowledged ? _slots : _unacknowledgedSlots).Release();
    }

    /// <summary>Ends when nothing is in flight.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
            return _idle.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _unacknowledgedSlots.Dispose();
    }

    private LinkedListNode<Slot> Enter(bool isAcknowledged)
    {
        lock (_lock)
        {
            if (_taken.Count == 0)
                _idle = CreateSignal(set: false);
            var slot = _taken.AddLast(new Slot(time.GetTimestamp(), isAcknowledged));
            Highest = Math.Max(Highest, _taken.Count);
            return slot;
        }
    }

    private static TaskCompletionSource CreateSignal(bool set)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (set)
            signal.SetResult();
        return signal;
    }

    /// <summary>A message in flight.</summary>
    /// <param name="Since">Timestamp of its receipt.</param>
    /// <param name="IsAcknowledged">Whether it is of QoS 1.</param>
    public readonly record struct Slot(long Since, bool IsAcknowledged);
}
