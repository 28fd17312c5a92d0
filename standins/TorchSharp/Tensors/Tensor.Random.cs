using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor uniform_(double from, double to, Generator? generator = null) => Fill(&NativeMethods.et_uniform_, from, to, generator);

        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => Fill(&NativeMethods.et_normal_, mean, std, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Fill(&NativeMethods.et_bernoulli_, p, 0, generator);

        private Tensor Fill(delegate*<nint, double, double, nint, int> entry, double a, double b, Generator? generator)
        {
            var status = entry(Handle, a, b, generator?.Handle ?? 0);
            GC.KeepAlive(this);
            GC.KeepAlive(generator);
            Call.Check(status);
            return this;
        }
    }
}
