using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One reference to a libtorch tensor. Dispose gives it up; so does the finalizer, which may run on any thread.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        private nint _handle;

        internal Tensor(nint handle, bool register = true)
        {
            _handle = handle;
            var count = Interlocked.Increment(ref _totalCount);
            for (var peak = Volatile.Read(ref _peakCount); count > peak;)
            {
                var seen = Interlocked.CompareExchange(ref _peakCount, count, peak);
                if (seen == peak)
                    break;
                peak = seen;
            }
            if (register)
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>How many wrappers hold a tensor now: the leak check of tests.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        public static long PeakCount => Interlocked.Read(ref _peakCount);

        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => _handle == 0;

        public string? name { get; set; }

        internal DisposeScope? OwningDisposeScope { get; set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
                return;
            Interlocked.Decrement(ref _totalCount);
            // A tensor in a scope is reachable from it, so the finalizer only sees those without, or with their whole scope.
            if (disposing)
            {
                DisposeScopeManager.ThreadSingleton.CountDisposed(this);
                OwningDisposeScope?.MarkAsDisposed(this);
            }
            _ = NativeMethods.et_free(handle);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
                other?.Attach(this);
            else
                OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Whether shape and values are the same; <see cref="equal(Tensor)"/> compares element by element.</summary>
        public unsafe bool Equals(Tensor target)
        {
            int result;
            var status = NativeMethods.et_equal(Handle, target.Handle, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            Call.Check(status);
            return result != 0;
        }

        // The identity: values change, and hashing them would copy them off the device.
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>Gives the native tensor to a new wrapper and leaves this one empty.</summary>
        internal nint MoveHandle()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
                throw new InvalidOperationException("Tensor invalid -- empty handle.");
            Interlocked.Decrement(ref _totalCount);
            GC.SuppressFinalize(this);
            return handle;
        }
    }
}
