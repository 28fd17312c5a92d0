using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entries of native/tensor.cpp. Each answers 0, or 1 with a message in et_last_error.</summary>
internal static unsafe partial class NativeMethods
{
    [DllImport(Library)]
    internal static extern int et_free(nint tensor);

    [DllImport(Library)]
    internal static extern int et_empty(long* dims, long count, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_zeros(long* dims, long count, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_ones(long* dims, long count, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_rand(long* dims, long count, nint generator, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_randn(long* dims, long count, nint generator, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_full(long* dims, long count, NativeScalar value, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_randint(long low, long high, long* dims, long count, nint generator, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_randperm(long n, nint generator, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_arange(NativeScalar start, NativeScalar stop, NativeScalar step, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_linspace(double start, double end, long steps, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_eye(long rows, long columns, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_empty_like(nint self, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_zeros_like(nint self, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_ones_like(nint self, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_rand_like(nint self, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_randn_like(nint self, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_full_like(nint self, NativeScalar value, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_from_data(void* data, long bytes, long* dims, long count, int dtype, NativeOptions options, nint* result);

    [DllImport(Library)]
    internal static extern int et_dim(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_numel(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_dtype(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_element_size(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_device_type(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_device_index(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_storage_offset(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_requires_grad(nint self, int* result);

    [DllImport(Library)]
    internal static extern int et_is_leaf(nint self, int* result);

    [DllImport(Library)]
    internal static extern int et_is_contiguous(nint self, int* result);

    [DllImport(Library)]
    internal static extern int et_is_sparse(nint self, int* result);

    [DllImport(Library)]
    internal static extern int et_is_inference(nint self, int* result);

    [DllImport(Library)]
    internal static extern int et_is_pinned(nint self, int* result);

    [DllImport(Library)]
    internal static extern int et_sizes(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_strides(nint self, long* result);

    [DllImport(Library)]
    internal static extern int et_data_ptr(nint self, void** result);

    [DllImport(Library)]
    internal static extern int et_item(nint self, long* integer, double* real, int* isReal);

    [DllImport(Library)]
    internal static extern int et_set_requires_grad(nint self, int value);

    [DllImport(Library)]
    internal static extern int et_alias(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_share(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_clone(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_contiguous(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_pin_memory(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_to_other(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_to(nint self, NativeOptions options, int copy, int nonBlocking, nint* result);

    [DllImport(Library)]
    internal static extern int et_copy_(nint self, nint source, int nonBlocking);

    [DllImport(Library)]
    internal static extern int et_index(nint self, NativeIndex* indices, long count, nint* result);

    [DllImport(Library)]
    internal static extern int et_index_set(nint self, NativeIndex* indices, long count, nint value);

    [DllImport(Library)]
    internal static extern int et_index_set_scalar(nint self, NativeIndex* indices, long count, NativeScalar value);

    [DllImport(Library)]
    internal static extern int et_index_put_(nint self, nint* indices, long count, nint values, int accumulate);
}
