using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor eq(Tensor target) => Call.Binary(&NativeMethods.et_eq, this, target);

        public Tensor eq(Scalar target) => Call.WithScalar(&NativeMethods.et_eq_scalar, this, target);

        public Tensor ne(Tensor target) => Call.Binary(&NativeMethods.et_ne, this, target);

        public Tensor ne(Scalar target) => Call.WithScalar(&NativeMethods.et_ne_scalar, this, target);

        public Tensor lt(Tensor target) => Call.Binary(&NativeMethods.et_lt, this, target);

        public Tensor lt(Scalar target) => Call.WithScalar(&NativeMethods.et_lt_scalar, this, target);

        public Tensor le(Tensor target) => Call.Binary(&NativeMethods.et_le, this, target);

        public Tensor le(Scalar target) => Call.WithScalar(&NativeMethods.et_le_scalar, this, target);

        public Tensor gt(Tensor target) => Call.Binary(&NativeMethods.et_gt, this, target);

        public Tensor gt(Scalar target) => Call.WithScalar(&NativeMethods.et_gt_scalar, this, target);

        public Tensor ge(Tensor target) => Call.Binary(&NativeMethods.et_ge, this, target);

        public Tensor ge(Scalar target) => Call.WithScalar(&NativeMethods.et_ge_scalar, this, target);

        public Tensor not_equal(Tensor target) => ne(target);

        /// <summary>Element by element, as <see cref="eq(Tensor)"/>.</summary>
        public Tensor equal(Tensor target) => eq(target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            int result;
            var status = NativeMethods.et_allclose(Handle, target.Handle, rtol, atol, equal_nan ? 1 : 0, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            Call.Check(status);
            return result != 0;
        }
    }
}
