using Edge.Appliance.Configuration;

namespace Edge.Appliance.Mqtt;

/// <summary>
/// Counts messages that were received and are not finished, and bounds them. With QoS 1 the broker keeps to the same bound
/// (receive maximum); QoS 0 knows no bound, so those are refused beyond it. Each has slots of its own: where QoS 0 took those of QoS 1,
/// a QoS 1 message had to wait, and everything behind it piled up without bound.
/// </summary>
internal sealed class InFlightMessages(AnalysisOptions options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _slots = new(options.QueueCapacity);
    private readonly SemaphoreSlim _unacknowledgedSlots = new(options.QueueCapacity);
    private TaskCompletionSource _idle = CreateSignal(set: true);

    /// <summary>Messages in flight now.</summary>
    public int Count { get; private set; }

    /// <summary>Most at once since the start.</summary>
    public int Highest { get; private set; }

    /// <summary>Takes a slot of QoS 1, waiting for one.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        Entered();
    }

    /// <summary>Takes a slot of QoS 0 if one is free.</summary>
    public bool TryEnter()
    {
        if (!_unacknowledgedSlots.Wait(0, CancellationToken.None))
            return false;
        Entered();
        return true;
    }

    /// <summary>Frees a slot.</summary>
    /// <param name="isAcknowledged">Whether it is one of QoS 1.</param>
    public void Leave(bool isAcknowledged)
    {
        lock (_lock)
        {
            Count--;
            if (Count == 0)
                _idle.SetResult();
        }
        (isAcknowledged ? _slots : _unacknowledgedSlots).Release();
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

    private void Entered()
    {
        lock (_lock)
        {
            if (Count == 0)
                _idle = CreateSignal(set: false);
            Count++;
            Highest = Math.Max(Highest, Count);
        }
    }

    private static TaskCompletionSource CreateSignal(bool set)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (set)
            signal.SetResult();
        return signal;
    }
}
