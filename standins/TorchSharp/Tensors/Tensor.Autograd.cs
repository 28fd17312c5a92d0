using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public unsafe bool requires_grad
        {
            get => Call.Flag(&NativeMethods.et_requires_grad, this);
            set => requires_grad_(value);
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            var status = NativeMethods.et_set_requires_grad(Handle, requires_grad ? 1 : 0);
            GC.KeepAlive(this);
            Call.Check(status);
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>The gradient accumulated by backward: a new wrapper at each reading; null where there is none.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint result;
                var status = NativeMethods.et_grad(Handle, &result);
                GC.KeepAlive(this);
                Call.Check(status);
                return result == 0 ? null : new Tensor(result);
            }
            set
            {
                var status = NativeMethods.et_set_grad(Handle, Call.HandleOf(value));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
                Call.Check(status);
            }
        }

        public void backward() => backward(null);

        public unsafe void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var grads = Call.HandlesOf([.. grad_tensors ?? []]);
            var leaves = Call.HandlesOf([.. inputs ?? []]);
            int status;
            fixed (nint* gradPointer = grads)
            fixed (nint* leafPointer = leaves)
            {
                status = NativeMethods.et_backward(
                    Handle, gradPointer, grads.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, leafPointer, leaves.Length);
            }
            GC.KeepAlive(this);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
            Call.Check(status);
        }

        public unsafe void retain_grad() => Call.InPlace(&NativeMethods.et_retain_grad, this);

        public unsafe Tensor detach() => Call.Unary(&NativeMethods.et_detach, this);

        public unsafe Tensor detach_() => Call.InPlace(&NativeMethods.et_detach_, this);
    }
}
