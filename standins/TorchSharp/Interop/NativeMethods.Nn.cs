using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entries of native/nn.cpp. Each answers 0, or 1 with a message in et_last_error.</summary>
internal static unsafe partial class NativeMethods
{
    [DllImport(Library)]
    internal static extern int et_linear(nint input, nint weight, nint bias, nint* result);

    [DllImport(Library)]
    internal static extern int et_embedding(nint weight, nint indices, long padding, int byFrequency, int sparse, nint* result);

    [DllImport(Library)]
    internal static extern int et_embedding_renorm_(nint weight, nint indices, double maxNorm, double normType);

    [DllImport(Library)]
    internal static extern int et_layer_norm(nint input, long* dims, long count, nint weight, nint bias, double eps, nint* result);

    [DllImport(Library)]
    internal static extern int et_dropout(nint input, double p, int training, nint* result);

    [DllImport(Library)]
    internal static extern int et_dropout_(nint input, double p, int training);

    [DllImport(Library)]
    internal static extern int et_pad(nint input, long* pads, long count, double value, nint* result);

    [DllImport(Library)]
    internal static extern int et_attention(nint query, nint key, nint value, nint mask, double p, int causal, nint* result);

    [DllImport(Library)]
    internal static extern int et_cross_entropy(nint input, nint target, nint weight, long reduction, long ignore, double smoothing, nint* result);

    [DllImport(Library)]
    internal static extern int et_nll_loss(nint input, nint target, nint weight, long reduction, long ignore, nint* result);

    [DllImport(Library)]
    internal static extern int et_mse_loss(nint input, nint target, long reduction, nint* result);

    [DllImport(Library)]
    internal static extern int et_kl_div(nint input, nint target, long reduction, int logTarget, nint* result);

    [DllImport(Library)]
    internal static extern int et_bce_with_logits(nint input, nint target, nint weight, nint posWeight, long reduction, nint* result);

    [DllImport(Library)]
    internal static extern int et_bce(nint input, nint target, nint weight, long reduction, nint* result);

    [DllImport(Library)]
    internal static extern int et_l1_loss(nint input, nint target, long reduction, nint* result);

    [DllImport(Library)]
    internal static extern int et_backward(nint self, nint* grads, long gradCount, int retain, int create, nint* inputs, long inputCount);

    [DllImport(Library)]
    internal static extern int et_grad_of(nint* outputs, long outputCount, nint* inputs, long inputCount, nint* grads, long gradCount, int retain, int create, int allowUnused, nint* result);

    [DllImport(Library)]
    internal static extern int et_grad(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_set_grad(nint self, nint grad);

    [DllImport(Library)]
    internal static extern int et_set_data(nint self, nint data);

    [DllImport(Library)]
    internal static extern int et_retain_grad(nint self);

    [DllImport(Library)]
    internal static extern int et_zero_grads(nint* parameters, long count, int toNone);

    [DllImport(Library)]
    internal static extern int et_clip_grad_norm_(nint* parameters, long count, double maxNorm, double normType, double* result);

    [DllImport(Library)]
    internal static extern int et_clip_grad_value_(nint* parameters, long count, double limit);
}
