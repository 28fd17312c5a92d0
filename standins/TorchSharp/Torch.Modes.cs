using TorchSharp.Interop;

namespace TorchSharp;

// All of these are state of the calling native thread: set and dispose on one thread, never across an await.
public static unsafe partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled()
    {
        int result;
        Call.Check(NativeMethods.et_grad_enabled(&result));
        return result != 0;
    }

    public static bool is_inference_mode_enabled()
    {
        int result;
        Call.Check(NativeMethods.et_inference_enabled(&result));
        return result != 0;
    }

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.NewDisposeScope();

    /// <summary>Disposes every tensor that <paramref name="expr"/> makes except its result.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool _previous = is_grad_enabled();

        internal GradMode(bool enabled) => Call.Check(NativeMethods.et_set_grad_enabled(enabled ? 1 : 0));

        public void Dispose() => Call.Check(NativeMethods.et_set_grad_enabled(_previous ? 1 : 0));
    }

    // No finalizer: it would leave the mode of the finalizer's thread.
    private sealed class InferenceMode : IDisposable
    {
        private nint _guard;

        internal InferenceMode(bool mode)
        {
            nint guard;
            Call.Check(NativeMethods.et_inference_enter(mode ? 1 : 0, &guard));
            _guard = guard;
        }

        public void Dispose()
        {
            var guard = Interlocked.Exchange(ref _guard, 0);
            if (guard != 0)
                Call.Check(NativeMethods.et_inference_leave(guard));
        }
    }
}
