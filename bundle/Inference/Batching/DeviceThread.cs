using System.Collections.Concurrent;

namespace Edge.Bundles.Inference.Batching;

/// <summary>
/// The one thread that runs a session on a GPU. ONNX Runtime keeps captured graphs by thread: from another one the same bucket runs its
/// warm-ups and is captured again, in the middle of service.
/// </summary>
internal sealed class DeviceThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <summary>Starts it.</summary>
    /// <param name="name">For whoever looks at the process.</param>
    public DeviceThread(string name)
    {
        _thread = new Thread(Work) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs an action there and waits for it; where the caller is that thread, at once.</summary>
    public void Invoke(Action action)
    {
        if (Thread.CurrentThread == _thread)
            action();
        else
            RunAsync(action).GetAwaiter().GetResult();
    }

    /// <summary>Runs an action there, after those that were given before.</summary>
    public Task RunAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread once all is done.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
            action();
    }
}
