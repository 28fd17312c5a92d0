using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static unsafe partial class functional
        {
            /// <summary>
            /// Targets are class numbers, or class probabilities of the input's shape. The mean of no target at all is NaN.
            /// </summary>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
            {
                nint result;
                var status = NativeMethods.et_cross_entropy(
                    input.Handle, target.Handle, Call.HandleOf(weight), (long)reduction, ignore_index, label_smoothing, &result);
                return Loss(status, result, input, target, weight);
            }

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                nint result;
                var status = NativeMethods.et_nll_loss(input.Handle, target.Handle, Call.HandleOf(weight), (long)reduction, -100, &result);
                return Loss(status, result, input, target, weight);
            }

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                nint result;
                var status = NativeMethods.et_mse_loss(input.Handle, target.Handle, (long)reduction, &result);
                return Loss(status, result, input, target);
            }

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                nint result;
                var status = NativeMethods.et_l1_loss(input.Handle, target.Handle, (long)reduction, &result);
                return Loss(status, result, input, target);
            }

            /// <summary>The target is taken for logarithms unless <paramref name="log_target"/> says otherwise (PyTorch's default is the other).</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean)
            {
                nint result;
                var status = NativeMethods.et_kl_div(input.Handle, target.Handle, (long)reduction, log_target ? 1 : 0, &result);
                return Loss(status, result, input, target);
            }

            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                nint result;
                var status = NativeMethods.et_bce(input.Handle, target.Handle, Call.HandleOf(weight), (long)reduction, &result);
                return Loss(status, result, input, target, weight);
            }

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
            {
                nint result;
                var status = NativeMethods.et_bce_with_logits(
                    input.Handle, target.Handle, Call.HandleOf(weight), Call.HandleOf(pos_weights), (long)reduction, &result);
                return Loss(status, result, input, target, weight, pos_weights);
            }

            // The arguments come along only to stay reachable until the native call is over.
            private static Tensor Loss(int status, nint result, Tensor input, Tensor target, Tensor? weight = null, Tensor? other = null)
            {
                GC.KeepAlive(input);
                GC.KeepAlive(target);
                GC.KeepAlive(weight);
                GC.KeepAlive(other);
                Call.Check(status);
                return new Tensor(result);
            }
        }
    }
}
