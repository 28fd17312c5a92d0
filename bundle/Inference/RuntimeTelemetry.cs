using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Edge.Bundles.Inference;

/// <summary>
/// Turns ONNX Runtime's telemetry off. From 1.29 on its Linux library reports the program, the system, the processor and a lasting id
/// to its maker unless <see cref="Variable"/> says otherwise when the library is loaded (microsoft/onnxruntime#27379).
/// </summary>
public static class RuntimeTelemetry
{
    /// <summary>Environment variable that the runtime reads once; 1: off. A user who wants telemetry sets it to 0.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Turns telemetry off for this process and the programs that it starts, unless the user has set the variable to 0.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It has to happen before anything of this assembly can load the native library.")]
    public static void TurnOff()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "0")
            return;
        // .NET keeps a copy of the environment: native code reads libc's, programs that are started get the copy.
        if (SetNativeVariable(Variable, "1", overwrite: 1) != 0)
            throw new InvalidOperationException(
                $"{Variable} could not be set (errno {Marshal.GetLastPInvokeError()}): ONNX Runtime's telemetry would be on.");
        Environment.SetEnvironmentVariable(Variable, "1");
    }

    [DllImport("libc", EntryPoint = "setenv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNativeVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
