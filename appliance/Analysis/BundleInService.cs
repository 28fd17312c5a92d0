namespace Edge.Appliance.Analysis;

/// <summary>Which bundle serves now, for all that tell of it.</summary>
internal sealed class BundleInService(ReadyBundle first) : IDisposable
{
    private volatile ReadyBundle _current = first;
    private volatile TaskCompletionSource _changed = NewSignal();

    /// <summary>Ends when another bundle than that of now serves, or another provider runs it.</summary>
    public Task Changed => _changed.Task;

    /// <summary>The bundle that serves.</summary>
    public ReadyBundle Current
    {
        get => _current;
        set
        {
            _current = value;
            TellOfChange();
        }
    }

    /// <summary>What is told of the bundle has changed: another bundle, or another provider.</summary>
    public void TellOfChange() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    /// <summary>Frees the bundle; its workers have ended.</summary>
    public void Dispose() => Current.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
