using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The entries of native/runtime.cpp. Each answers 0, or 1 with a message in et_last_error.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "EdgeTorch";

    [DllImport(Library)]
    internal static extern byte* et_last_error();

    [DllImport(Library)]
    internal static extern byte* et_version();

    [DllImport(Library)]
    internal static extern int et_cuda_is_available(int* result);

    [DllImport(Library)]
    internal static extern int et_cudnn_is_available(int* result);

    [DllImport(Library)]
    internal static extern int et_cuda_device_count(long* result);

    [DllImport(Library)]
    internal static extern int et_cuda_synchronize(long index);

    [DllImport(Library)]
    internal static extern int et_cuda_manual_seed(long seed, int all);

    [DllImport(Library)]
    internal static extern int et_get_switch(int which, int* result);

    [DllImport(Library)]
    internal static extern int et_set_switch(int which, int value);

    [DllImport(Library)]
    internal static extern int et_get_num_threads(int* result);

    [DllImport(Library)]
    internal static extern int et_set_num_threads(int count);

    [DllImport(Library)]
    internal static extern int et_get_num_interop_threads(int* result);

    [DllImport(Library)]
    internal static extern int et_set_num_interop_threads(int count);

    [DllImport(Library)]
    internal static extern int et_grad_enabled(int* result);

    [DllImport(Library)]
    internal static extern int et_set_grad_enabled(int value);

    [DllImport(Library)]
    internal static extern int et_inference_enabled(int* result);

    [DllImport(Library)]
    internal static extern int et_inference_enter(int value, nint* result);

    [DllImport(Library)]
    internal static extern int et_inference_leave(nint mode);

    [DllImport(Library)]
    internal static extern int et_manual_seed(long seed);

    [DllImport(Library)]
    internal static extern int et_generator_default(nint* result);

    [DllImport(Library)]
    internal static extern int et_generator_new(long seed, int deviceType, int deviceIndex, nint* result);

    [DllImport(Library)]
    internal static extern int et_generator_free(nint generator);

    [DllImport(Library)]
    internal static extern int et_generator_seed(nint generator, long seed);

    [DllImport(Library)]
    internal static extern int et_generator_initial_seed(nint generator, long* result);

    [DllImport(Library)]
    internal static extern int et_generator_get_state(nint generator, nint* result);

    [DllImport(Library)]
    internal static extern int et_generator_set_state(nint generator, nint state);
}
