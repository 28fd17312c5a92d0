using System.Runtime.InteropServices;

namespace Edge.Trainer.Running;

/// <summary>
/// Has the C library keep what libtorch frees. Every step frees what the next one asks for again; of long utterances these are blocks that glibc gets
/// from the system each time and gives back (mmap_threshold, at most 32 MB), which then clears every page anew: a sixth of a training's time.
/// mallopt(3).
/// </summary>
internal static class NativeHeap
{
    private const int TrimThreshold = -1, TopPad = -2, MmapMax = -4; // malloc.h

    /// <summary>Asks for it, once, before anything large is allocated. A C library without mallopt stays as it is.</summary>
    public static void KeepFreed()
    {
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out var address))
            return;
        var mallopt = Marshal.GetDelegateForFunctionPointer<MallOpt>(address);
        _ = mallopt(MmapMax, 0);
        _ = mallopt(TrimThreshold, int.MaxValue);
        _ = mallopt(TopPad, 64 << 20);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int MallOpt(int parameter, int value);
}
