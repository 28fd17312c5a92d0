using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null)
            {
                nint result;
                var status = NativeMethods.et_linear(input.Handle, weights.Handle, Call.HandleOf(bias), &result);
                GC.KeepAlive(input);
                GC.KeepAlive(weights);
                GC.KeepAlive(bias);
                Call.Check(status);
                return new Tensor(result);
            }

            public static Tensor layer_norm(
                Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
            {
                nint result;
                int status;
                fixed (long* dims = normalized_shape)
                {
                    status = NativeMethods.et_layer_norm(
                        input.Handle, dims, normalized_shape.Length, Call.HandleOf(weight), Call.HandleOf(bias), eps, &result);
                }
                GC.KeepAlive(input);
                GC.KeepAlive(weight);
                GC.KeepAlive(bias);
                Call.Check(status);
                return new Tensor(result);
            }

            /// <summary>Training is the default, as in PyTorch: pass the module's mode.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (inplace)
                {
                    var changed = NativeMethods.et_dropout_(input.Handle, p, training ? 1 : 0);
                    GC.KeepAlive(input);
                    Call.Check(changed);
                    return input.alias();
                }
                nint result;
                var status = NativeMethods.et_dropout(input.Handle, p, training ? 1 : 0, &result);
                GC.KeepAlive(input);
                Call.Check(status);
                return new Tensor(result);
            }

            /// <summary>A bool mask says where to attend; other masks are added to the scores.</summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (p < 0)
                    throw new ArgumentException("Dropout probability must be greater than or equal to zero.");
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Casual attention masking cannot pass a mask.");
                nint result;
                var status = NativeMethods.et_attention(
                    query.Handle, key.Handle, value.Handle, Call.HandleOf(attn_mask), p, is_casual ? 1 : 0, &result);
                GC.KeepAlive(query);
                GC.KeepAlive(key);
                GC.KeepAlive(value);
                GC.KeepAlive(attn_mask);
                Call.Check(status);
                return new Tensor(result);
            }

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor gelu(Tensor x, bool inplace) => inplace ? x.gelu_().alias() : x.gelu();

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_().alias() : x.tanh();

            public static Tensor sigmoid(Tensor x, bool inplace = false) => inplace ? x.sigmoid_().alias() : x.sigmoid();

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_().alias() : x.relu();

            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                if (x.dtype != ScalarType.Int64)
                    throw new ArgumentException("OneHot input tensor must have elements of type Int64");
                return Call.WithLong(&NativeMethods.et_one_hot, x, num_classes);
            }

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = input.norm((int)dim, true, (float)p);
                using var bounded = norm.clamp_min(eps);
                return input / bounded;
            }

            /// <summary>Pads with a constant; the sizes go pairwise from the last dimension forward.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                if (mode != PaddingModes.Constant)
                    throw new NotSupportedException("The stand-in for TorchSharp pads with constants only.");
                nint result;
                int status;
                fixed (long* sizes = pad)
                    status = NativeMethods.et_pad(input.Handle, sizes, pad.Length, value, &result);
                GC.KeepAlive(input);
                Call.Check(status);
                return new Tensor(result);
            }
        }
    }
}
