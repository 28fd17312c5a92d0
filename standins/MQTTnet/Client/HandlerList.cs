namespace MQTTnet.Client;

/// <summary>The handlers of an event, awaited one after another in the order they were added.</summary>
internal sealed class HandlerList<TArgs>
{
    private Func<TArgs, Task>[] _handlers = [];
    private readonly Lock _changing = new();

    public void Add(Func<TArgs, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_changing)
            _handlers = [.. _handlers, handler];
    }

    public void Remove(Func<TArgs, Task> handler)
    {
        lock (_changing)
            _handlers = [.. _handlers.Where(h => h != handler)];
    }

    public async Task InvokeAsync(TArgs args)
    {
        // The array is replaced, never changed: handlers may add and remove handlers.
        foreach (var handler in _handlers)
            await handler(args).ConfigureAwait(false);
    }
}
