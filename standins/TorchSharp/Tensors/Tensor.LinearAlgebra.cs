using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor matmul(Tensor target) => Call.Binary(&NativeMethods.et_matmul, this, target);

        public Tensor mm(Tensor target) => Call.Binary(&NativeMethods.et_mm, this, target);

        public Tensor bmm(Tensor batch2) => Call.Binary(&NativeMethods.et_bmm, this, batch2);

        public Tensor mv(Tensor target) => Call.Binary(&NativeMethods.et_mv, this, target);

        public Tensor dot(Tensor other) => Call.Binary(&NativeMethods.et_dot, this, other);

        public Tensor outer(Tensor vec2) => Call.Binary(&NativeMethods.et_outer, this, vec2);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => AddProduct(&NativeMethods.et_addmm, mat1, mat2, beta, alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => AddProduct(&NativeMethods.et_baddbmm, batch1, batch2, beta, alpha);

        private Tensor AddProduct(delegate*<nint, nint, nint, double, double, nint*, int> entry, Tensor a, Tensor b, double beta, double alpha)
        {
            nint result;
            var status = entry(Handle, a.Handle, b.Handle, beta, alpha, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            Call.Check(status);
            return new Tensor(result);
        }
    }
}
