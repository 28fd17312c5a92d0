using System.Runtime.InteropServices;

namespace Edge.Bundles.Inference.Cuda;

/// <summary>
/// How a process ends that has used CUDA: without the destructors of its libraries, some of which abort when they run after the driver's
/// (seen with ONNX Runtime 1.27, pykeio/ort#609; microsoft/onnxruntime#21207). Everything of ours is disposed before.
/// </summary>
public static class CudaExit
{
    private static int _wasUsed;

    /// <summary>CUDA is being used from now on.</summary>
    internal static void Note() => Interlocked.Exchange(ref _wasUsed, 1);

    /// <summary>Ends the process where CUDA was used; otherwise returns the code for an ordinary end.</summary>
    /// <param name="code">What it exits with.</param>
    public static int Leave(int code)
    {
        if (_wasUsed == 0)
            return code;
        Console.Out.Flush();
        Console.Error.Flush();
        Exit(code);
        return code;
    }

    [DllImport("libc.so.6", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int code);
}
