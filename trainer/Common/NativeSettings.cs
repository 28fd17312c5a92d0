using System.Runtime.InteropServices;

namespace Edge.Trainer.Common;

/// <summary>What the C library and OpenMP below libtorch are told, once, before libtorch is loaded.</summary>
internal static class NativeSettings
{
    private const int TrimThreshold = -1, TopPad = -2, MmapMax = -4; // malloc.h

    /// <summary>Tells them. A C library without these functions stays as it is.</summary>
    public static void Apply()
    {
        SleepWhileWaiting();
        KeepFreedMemory();
    }

    // Threads of libtorch wait for each other hundreds of times a step, and spin meanwhile. Where another program has one of their
    // processors, they spin until the system takes turns: a training of two threads beside one such program took more than twelve times as
    // long. After a thousand turns asleep they are as fast on an idle box. Whoever sets one of the variables is not overruled. libgomp
    // reads it when it is loaded, from the environment of the C library, which is not .NET's.
    private static void SleepWhileWaiting()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            Function<SetEnv>("setenv")?.Invoke("GOMP_SPINCOUNT", "1000", 0);
    }

    // Every step frees what the next one asks for again; of long utterances these are blocks that glibc gets from the system each time and
    // gives back (mmap_threshold, at most 32 MB), which then clears every page anew: a sixth of a training's time and more. mallopt(3)
    private static void KeepFreedMemory()
    {
        if (Function<MallOpt>("mallopt") is not { } mallopt)
            return;
        _ = mallopt(MmapMax, 0);
        _ = mallopt(TrimThreshold, int.MaxValue);
        _ = mallopt(TopPad, 64 << 20);
    }

    private static T? Function<T>(string name) where T : Delegate =>
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out var address)
        ? Marshal.GetDelegateForFunctionPointer<T>(address)
        : null;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int MallOpt(int parameter, int value);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetEnv(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
