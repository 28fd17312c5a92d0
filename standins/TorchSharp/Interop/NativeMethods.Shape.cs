using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entries of native/shape.cpp. Each answers 0, or 1 with a message in et_last_error.</summary>
internal static unsafe partial class NativeMethods
{
    [DllImport(Library)]
    internal static extern int et_view(nint self, long* dims, long count, nint* result);

    [DllImport(Library)]
    internal static extern int et_reshape(nint self, long* dims, long count, nint* result);

    [DllImport(Library)]
    internal static extern int et_permute(nint self, long* dims, long count, nint* result);

    [DllImport(Library)]
    internal static extern int et_repeat(nint self, long* dims, long count, nint* result);

    [DllImport(Library)]
    internal static extern int et_flip(nint self, long* dims, long count, nint* result);

    [DllImport(Library)]
    internal static extern int et_t(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_squeeze(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_nonzero(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_detach(nint self, nint* result);

    [DllImport(Library)]
    internal static extern int et_detach_(nint self);

    [DllImport(Library)]
    internal static extern int et_unsqueeze(nint self, long value, nint* result);

    [DllImport(Library)]
    internal static extern int et_squeeze_dim(nint self, long value, nint* result);

    [DllImport(Library)]
    internal static extern int et_triu(nint self, long value, nint* result);

    [DllImport(Library)]
    internal static extern int et_tril(nint self, long value, nint* result);

    [DllImport(Library)]
    internal static extern int et_one_hot(nint self, long value, nint* result);

    [DllImport(Library)]
    internal static extern int et_masked_select(nint self, nint other, nint* result);

    [DllImport(Library)]
    internal static extern int et_expand(nint self, long* dims, long count, int isImplicit, nint* result);

    [DllImport(Library)]
    internal static extern int et_transpose(nint self, long a, long b, nint* result);

    [DllImport(Library)]
    internal static extern int et_flatten(nint self, long start, long end, nint* result);

    [DllImport(Library)]
    internal static extern int et_narrow(nint self, long dim, long start, long length, nint* result);

    [DllImport(Library)]
    internal static extern int et_select(nint self, long dim, long index, nint* result);

    [DllImport(Library)]
    internal static extern int et_slice(nint self, long dim, long start, long finish, long step, nint* result);

    [DllImport(Library)]
    internal static extern int et_repeat_interleave(nint self, long repeats, long dim, int hasDim, nint* result);

    [DllImport(Library)]
    internal static extern int et_cat(nint* tensors, long count, long dim, nint* result);

    [DllImport(Library)]
    internal static extern int et_stack(nint* tensors, long count, long dim, nint* result);

    [DllImport(Library)]
    internal static extern int et_split(nint self, long size, long dim, nint* result, long* count);

    [DllImport(Library)]
    internal static extern int et_split_sizes(nint self, long* sizes, long sizeCount, long dim, nint* result, long* count);

    [DllImport(Library)]
    internal static extern int et_chunk(nint self, long chunks, long dim, nint* result, long* count);

    [DllImport(Library)]
    internal static extern int et_unbind(nint self, long dim, nint* result, long* count);

    [DllImport(Library)]
    internal static extern int et_list_take(nint list, long index, nint* result);

    [DllImport(Library)]
    internal static extern int et_list_free(nint list);

    [DllImport(Library)]
    internal static extern int et_index_select(nint self, long dim, nint index, nint* result);

    [DllImport(Library)]
    internal static extern int et_gather(nint self, long dim, nint index, nint* result);

    [DllImport(Library)]
    internal static extern int et_scatter(nint self, long dim, nint index, nint source, nint* result);

    [DllImport(Library)]
    internal static extern int et_scatter_(nint self, long dim, nint index, nint source);

    [DllImport(Library)]
    internal static extern int et_scatter_add(nint self, long dim, nint index, nint source, nint* result);

    [DllImport(Library)]
    internal static extern int et_masked_fill(nint self, nint mask, NativeScalar value, nint* result);

    [DllImport(Library)]
    internal static extern int et_masked_fill_(nint self, nint mask, NativeScalar value);

    [DllImport(Library)]
    internal static extern int et_where(nint condition, nint x, nint y, nint* result);

    [DllImport(Library)]
    internal static extern int et_bincount(nint self, nint weights, long minimum, nint* result);
}
