using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>The version of libtorch in use; the real package says the one that it was built for.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.et_version())!;

    public static int get_num_threads()
    {
        int result;
        Call.Check(NativeMethods.et_get_num_threads(&result));
        return result;
    }

    public static void set_num_threads(int num) => Call.Check(NativeMethods.et_set_num_threads(num));

    public static int get_num_interop_threads()
    {
        int result;
        Call.Check(NativeMethods.et_get_num_interop_threads(&result));
        return result;
    }

    /// <summary>Once only, before any parallel work; the real package aborts at the second call, this one throws.</summary>
    public static void set_num_interop_threads(int num) => Call.Check(NativeMethods.et_set_num_interop_threads(num));
}
