using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entries of native/math.cpp. Each answers 0, or 1 with a message in et_last_error.</summary>
internal static unsafe partial class NativeMethods
{
    [DllImport(Library)]
    internal static extern int et_neg(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_abs(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_sqrt(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_rsqrt(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_square(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_exp(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_log(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_log1p(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_sin(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_cos(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_tanh(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_sigmoid(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_relu(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_gelu(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_erf(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_sign(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_floor(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_ceil(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_round(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_reciprocal(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_isnan(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_isinf(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_isfinite(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_logical_not(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_bitwise_not(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_zero_(nint self);

    [DllImport(Library)]
    internal static extern int et_neg_(nint self);

    [DllImport(Library)]
    internal static extern int et_abs_(nint self);

    [DllImport(Library)]
    internal static extern int et_sqrt_(nint self);

    [DllImport(Library)]
    internal static extern int et_exp_(nint self);

    [DllImport(Library)]
    internal static extern int et_log_(nint self);

    [DllImport(Library)]
    internal static extern int et_tanh_(nint self);

    [DllImport(Library)]
    internal static extern int et_sigmoid_(nint self);

    [DllImport(Library)]
    internal static extern int et_relu_(nint self);

    [DllImport(Library)]
    internal static extern int et_gelu_(nint self);

    [DllImport(Library)]
    internal static extern int et_mul(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_pow(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_maximum(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_minimum(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_remainder(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_eq(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_ne(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_lt(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_le(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_gt(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_ge(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_logical_and(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_logical_or(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_logical_xor(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_bitwise_and(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_bitwise_or(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_bitwise_xor(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_mul_(nint self, nint other);

    [DllImport(Library)]
    internal static extern int et_mul_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_pow_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_remainder_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_eq_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_ne_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_lt_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_le_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_gt_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_ge_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_rsub_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_rdiv_scalar(nint self, NativeScalar other, nint* result);

    [DllImport(Library)]
    internal static extern int et_mul_scalar_(nint self, NativeScalar other);

    [DllImport(Library)]
    internal static extern int et_pow_scalar_(nint self, NativeScalar other);

    [DllImport(Library)]
    internal static extern int et_fill_(nint self, NativeScalar other);

    [DllImport(Library)]
    internal static extern int et_add(nint self, nint other, NativeScalar alpha, nint* result);

    [DllImport(Library)]
    internal static extern int et_add_(nint self, nint other, NativeScalar alpha);

    [DllImport(Library)]
    internal static extern int et_add_scalar(nint self, NativeScalar other, NativeScalar alpha, nint* result);

    [DllImport(Library)]
    internal static extern int et_add_scalar_(nint self, NativeScalar other, NativeScalar alpha);

    [DllImport(Library)]
    internal static extern int et_sub(nint self, nint other, NativeScalar alpha, nint* result);

    [DllImport(Library)]
    internal static extern int et_sub_(nint self, nint other, NativeScalar alpha);

    [DllImport(Library)]
    internal static extern int et_sub_scalar(nint self, NativeScalar other, NativeScalar alpha, nint* result);

    [DllImport(Library)]
    internal static extern int et_sub_scalar_(nint self, NativeScalar other, NativeScalar alpha);

    [DllImport(Library)]
    internal static extern int et_div(nint self, nint other, int rounding, nint* result);

    [DllImport(Library)]
    internal static extern int et_div_scalar(nint self, NativeScalar other, int rounding, nint* result);

    [DllImport(Library)]
    internal static extern int et_div_(nint self, nint other, int rounding);

    [DllImport(Library)]
    internal static extern int et_div_scalar_(nint self, NativeScalar other, int rounding);

    [DllImport(Library)]
    internal static extern int et_addcmul(nint self, nint a, nint b, NativeScalar value, nint* result);

    [DllImport(Library)]
    internal static extern int et_addcmul_(nint self, nint a, nint b, NativeScalar value);

    [DllImport(Library)]
    internal static extern int et_addcdiv(nint self, nint a, nint b, NativeScalar value, nint* result);

    [DllImport(Library)]
    internal static extern int et_addcdiv_(nint self, nint a, nint b, NativeScalar value);

    [DllImport(Library)]
    internal static extern int et_lerp(nint self, nint end, NativeScalar weight, nint* result);

    [DllImport(Library)]
    internal static extern int et_lerp_(nint self, nint end, NativeScalar weight);

    [DllImport(Library)]
    internal static extern int et_clamp(nint self, NativeScalar* low, NativeScalar* high, nint* result);

    [DllImport(Library)]
    internal static extern int et_clamp_(nint self, NativeScalar* low, NativeScalar* high);

    [DllImport(Library)]
    internal static extern int et_uniform_(nint self, double a, double b, nint generator);

    [DllImport(Library)]
    internal static extern int et_normal_(nint self, double a, double b, nint generator);

    [DllImport(Library)]
    internal static extern int et_bernoulli_(nint self, double a, double b, nint generator);

    [DllImport(Library)]
    internal static extern int et_sum(nint self, int dtype, nint* result);

    [DllImport(Library)]
    internal static extern int et_sum_dims(nint self, long* dims, long count, int keep, int dtype, nint* result);

    [DllImport(Library)]
    internal static extern int et_mean(nint self, int dtype, nint* result);

    [DllImport(Library)]
    internal static extern int et_mean_dims(nint self, long* dims, long count, int keep, int dtype, nint* result);

    [DllImport(Library)]
    internal static extern int et_max(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_min(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_all(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_any(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_prod(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_argmax(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_argmin(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_max_dim(nint self, long dim, int keep, nint* values, nint* indexes);

    [DllImport(Library)]
    internal static extern int et_min_dim(nint self, long dim, int keep, nint* values, nint* indexes);

    [DllImport(Library)]
    internal static extern int et_argmax_dim(nint self, long dim, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_argmin_dim(nint self, long dim, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_all_dim(nint self, long dim, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_any_dim(nint self, long dim, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_logsumexp(nint self, long dim, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_amax(nint self, long* dims, long count, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_amin(nint self, long* dims, long count, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_topk(nint self, long k, long dim, int largest, int sorted, nint* values, nint* indexes);

    [DllImport(Library)]
    internal static extern int et_sort(nint self, long dim, int descending, int stable, nint* values, nint* indexes);

    [DllImport(Library)]
    internal static extern int et_argsort(nint self, long dim, int descending, nint* result);

    [DllImport(Library)]
    internal static extern int et_cumsum(nint self, long dim, int dtype, nint* result);

    [DllImport(Library)]
    internal static extern int et_norm(nint self, double p, nint* result);

    [DllImport(Library)]
    internal static extern int et_norm_dim(nint self, double p, long dim, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_std(nint self, int unbiased, nint* result);

    [DllImport(Library)]
    internal static extern int et_var(nint self, int unbiased, nint* result);

    [DllImport(Library)]
    internal static extern int et_std_dims(nint self, long* dims, long count, int unbiased, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_var_dims(nint self, long* dims, long count, int unbiased, int keep, nint* result);

    [DllImport(Library)]
    internal static extern int et_softmax(nint self, long dim, int dtype, nint* result);

    [DllImport(Library)]
    internal static extern int et_log_softmax(nint self, long dim, int dtype, nint* result);

    [DllImport(Library)]
    internal static extern int et_allclose(nint self, nint other, double rtol, double atol, int equalNan, int* result);

    [DllImport(Library)]
    internal static extern int et_equal(nint self, nint other, int* result);

    [DllImport(Library)]
    internal static extern int et_matmul(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_mm(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_bmm(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_mv(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_dot(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_outer(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_addmm(nint self, nint a, nint b, double beta, double alpha, nint* result);

    [DllImport(Library)]
    internal static extern int et_baddbmm(nint self, nint a, nint b, double beta, double alpha, nint* result);

    [DllImport(Library)]
    internal static extern int et_einsum(byte* equation, nint* tensors, long count, nint* result);
}
