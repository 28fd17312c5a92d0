using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>Seeds the global generators of all devices.</summary>
    public static Generator manual_seed(long seed)
    {
        Call.Check(NativeMethods.et_manual_seed(seed));
        return Generator.Default;
    }

    public static long seed() => Generator.Default.seed();

    public static long initial_seed() => Generator.Default.initial_seed();

    public static Tensor get_rng_state() => Generator.Default.get_state();

    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long seed() => torch.seed();

        public static long initial_seed() => torch.initial_seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            nint handle;
            Call.Check(NativeMethods.et_generator_new((long)seed, (int)this.device.type, this.device.index, &handle));
            _handle = handle;
        }

        private Generator(nint handle) => (_handle, device) = (handle, CPU);

        ~Generator() => Dispose(false);

        public static Generator Default
        {
            get
            {
                nint handle;
                Call.Check(NativeMethods.et_generator_default(&handle));
                return new Generator(handle);
            }
        }

        public nint Handle => _handle;

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Call.Check(NativeMethods.et_generator_seed(_handle, seed));
            GC.KeepAlive(this);
            return this;
        }

        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        public long initial_seed()
        {
            long result;
            Call.Check(NativeMethods.et_generator_initial_seed(_handle, &result));
            GC.KeepAlive(this);
            return result;
        }

        public Tensor get_state()
        {
            nint result;
            Call.Check(NativeMethods.et_generator_get_state(_handle, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        public void set_state(Tensor value)
        {
            Call.Check(NativeMethods.et_generator_set_state(_handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
                _ = NativeMethods.et_generator_free(handle);
        }
    }
}
