using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            /// <summary>Scales all gradients down together where their common norm exceeds the maximum; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0) =>
                ParameterLists.ClipNorm([.. tensors], max_norm, norm_type);

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value) =>
                ParameterLists.ClipValue([.. tensors], clip_value);
        }
    }
}
