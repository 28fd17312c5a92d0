namespace Edge.Appliance.Mqtt;

/// <summary>Lets publishes through together, or one alone.</summary>
internal sealed class PublishGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(bool IsAlone, TaskCompletionSource Opened)> _waiting = [];
    private int _inside;
    private bool _isClosed; // somebody is inside alone

    /// <summary>Enters, waiting where others are inside and one of both wants to be alone. In the order of the calls.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public async Task<Entry> EnterAsync(bool isAlone, CancellationToken cancellation)
    {
        LinkedListNode<(bool, TaskCompletionSource Opened)> node;
        lock (_lock)
        {
            if (_waiting.Count == 0 && CanEnter(isAlone))
            {
                Take(isAlone);
                return new Entry(this);
            }
            node = _waiting.AddLast((isAlone, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
        using var onCancel = cancellation.Register(() => Abandon(node!));
        await node.Value.Opened.Task;
        return new Entry(this);
    }

    private bool CanEnter(bool isAlone) => !_isClosed && (!isAlone || _inside == 0);

    private void Take(bool isAlone)
    {
        _inside++;
        _isClosed = isAlone;
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inside--;
            _isClosed = false;
            LetIn();
        }
    }

    private void Abandon(LinkedListNode<(bool, TaskCompletionSource Opened)> node)
    {
        lock (_lock)
        {
            if (node.List is null)
                return; // it is inside already
            _waiting.Remove(node);
            node.Value.Opened.SetCanceled(CancellationToken.None);
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_waiting.First is { } next && CanEnter(next.Value.IsAlone))
        {
            _waiting.RemoveFirst();
            Take(next.Value.IsAlone);
            next.Value.Opened.SetResult();
        }
    }

    /// <summary>Somebody inside; leaves when it is disposed.</summary>
    public readonly struct Entry(PublishGate gate) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => gate.Leave();
    }
}
