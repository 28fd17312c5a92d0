using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor add(Tensor target) => add(target, 1);

        public Tensor add(Tensor target, Scalar alpha) => WithAlpha(&NativeMethods.et_add, target, alpha);

        public Tensor add(Scalar scalar) => add(scalar, 1);

        public Tensor add(Scalar scalar, Scalar alpha) => WithAlpha(&NativeMethods.et_add_scalar, scalar, alpha);

        public Tensor add_(Tensor target) => add_(target, 1);

        public Tensor add_(Tensor target, Scalar alpha) => InPlaceWithAlpha(&NativeMethods.et_add_, target, alpha);

        public Tensor add_(Scalar scalar) => add_(scalar, 1);

        public Tensor add_(Scalar scalar, Scalar alpha) => InPlaceWithAlpha(&NativeMethods.et_add_scalar_, scalar, alpha);

        public Tensor sub(Tensor target) => WithAlpha(&NativeMethods.et_sub, target, 1);

        public Tensor sub(Scalar target) => WithAlpha(&NativeMethods.et_sub_scalar, target, 1);

        public Tensor sub_(Tensor target) => InPlaceWithAlpha(&NativeMethods.et_sub_, target, 1);

        public Tensor sub_(Scalar target) => InPlaceWithAlpha(&NativeMethods.et_sub_scalar_, target, 1);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            nint result;
            var status = NativeMethods.et_div(Handle, target.Handle, (int)rounding_mode, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            nint result;
            var status = NativeMethods.et_div_scalar(Handle, target.Value, (int)rounding_mode, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            var status = NativeMethods.et_div_(Handle, target.Handle, (int)rounding_mode);
            GC.KeepAlive(this);
            GC.KeepAlive(target);
            Call.Check(status);
            return this;
        }

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            var status = NativeMethods.et_div_scalar_(Handle, target.Value, (int)rounding_mode);
            GC.KeepAlive(this);
            Call.Check(status);
            return this;
        }

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Fused(&NativeMethods.et_addcmul, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => FusedInPlace(&NativeMethods.et_addcmul_, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Fused(&NativeMethods.et_addcdiv, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => FusedInPlace(&NativeMethods.et_addcdiv_, tensor1, tensor2, value);

        public Tensor clamp(Scalar? min = null, Scalar? max = null)
        {
            nint result;
            NativeScalar low = min?.Value ?? default, high = max?.Value ?? default;
            var status = NativeMethods.et_clamp(Handle, min is null ? null : &low, max is null ? null : &high, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            NativeScalar low = min?.Value ?? default, high = max?.Value ?? default;
            var status = NativeMethods.et_clamp_(Handle, min is null ? null : &low, max is null ? null : &high);
            GC.KeepAlive(this);
            Call.Check(status);
            return this;
        }

        public Tensor clamp_min(Scalar min) => clamp(min, null);

        public Tensor clamp_max(Scalar max) => clamp(null, max);

        private Tensor WithAlpha(delegate*<nint, nint, NativeScalar, nint*, int> entry, Tensor other, Scalar alpha)
        {
            nint result;
            var status = entry(Handle, other.Handle, alpha.Value, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(other);
            Call.Check(status);
            return new Tensor(result);
        }

        private Tensor WithAlpha(delegate*<nint, NativeScalar, NativeScalar, nint*, int> entry, Scalar other, Scalar alpha)
        {
            nint result;
            var status = entry(Handle, other.Value, alpha.Value, &result);
            GC.KeepAlive(this);
            Call.Check(status);
            return new Tensor(result);
        }

        private Tensor InPlaceWithAlpha(delegate*<nint, nint, NativeScalar, int> entry, Tensor other, Scalar alpha)
        {
            var status = entry(Handle, other.Handle, alpha.Value);
            GC.KeepAlive(this);
            GC.KeepAlive(other);
            Call.Check(status);
            return this;
        }

        private Tensor InPlaceWithAlpha(delegate*<nint, NativeScalar, NativeScalar, int> entry, Scalar other, Scalar alpha)
        {
            var status = entry(Handle, other.Value, alpha.Value);
            GC.KeepAlive(this);
            Call.Check(status);
            return this;
        }

        private Tensor Fused(delegate*<nint, nint, nint, NativeScalar, nint*, int> entry, Tensor a, Tensor b, Scalar value)
        {
            nint result;
            var status = entry(Handle, a.Handle, b.Handle, value.Value, &result);
            GC.KeepAlive(this);
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            Call.Check(status);
            return new Tensor(result);
        }

        private Tensor FusedInPlace(delegate*<nint, nint, nint, NativeScalar, int> entry, Tensor a, Tensor b, Scalar value)
        {
            var status = entry(Handle, a.Handle, b.Handle, value.Value);
            GC.KeepAlive(this);
            GC.KeepAlive(a);
            GC.KeepAlive(b);
            Call.Check(status);
            return this;
        }
    }
}
