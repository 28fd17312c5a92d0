using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe class autograd
    {
        /// <summary>Gradients of the outputs by the inputs, without touching what the inputs accumulate.</summary>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var of = Call.HandlesOf([.. outputs]);
            var by = Call.HandlesOf([.. inputs]);
            var seeds = Call.HandlesOf([.. grad_outputs ?? []]);
            var results = new nint[by.Length];
            int status;
            fixed (nint* ofPointer = of, byPointer = by, seedPointer = seeds, resultPointer = results)
            {
                status = NativeMethods.et_grad_of(
                    ofPointer, of.Length, byPointer, by.Length, seedPointer, seeds.Length,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, resultPointer);
            }
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            Call.Check(status);
            // Null where an input had no part in the outputs (allow_unused), though the type does not say so.
            return Array.ConvertAll(results, handle => handle == 0 ? null! : new Tensor(handle));
        }
    }
}
