using System.Runtime.InteropServices;

namespace Edge.Bundles.Inference.Cuda;

/// <summary>Loads libraries as the runtime's provider will, and says in the loader's words why one cannot be.</summary>
internal static class NativeLoader
{
    private const int Now = 2; // RTLD_NOW

    /// <summary>Loads a library for the rest of the process.</summary>
    /// <returns>Its handle; 0 and the reason where it cannot be loaded.</returns>
    public static (nint Handle, string Problem) Load(string name)
    {
        Error(); // finding dlerror itself would clear what it should tell
        var handle = Open(name, Now);
        return handle != 0 ? (handle, "") : (0, Marshal.PtrToStringUTF8(Error()) ?? $"{name}: the loader gave no reason");
    }

    [DllImport("libc.so.6", EntryPoint = "dlopen")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags);

    [DllImport("libc.so.6", EntryPoint = "dlerror")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Error();
}
