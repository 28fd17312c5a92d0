using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Edge.Bundles;

/// <summary>Waits until files and folders are on the disk, so that a power cut behind a rename cannot leave empty files.</summary>
internal static class DiskSync
{
    // O_RDONLY | O_CLOEXEC and EINVAL of Linux.
    private const int CloseOnExec = 0x80000;
    private const int InvalidArgument = 22;

    /// <summary>Replaces a file, or makes it: complete or not at all, and on the disk when it returns.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="temporary">Where they are written first, on the same file system.</param>
    public static void Replace(string path, byte[] content, string temporary)
    {
        System.IO.File.WriteAllBytes(temporary, content);
        File(temporary);
        System.IO.File.Move(temporary, path, overwrite: true);
        Folder(Path.GetDirectoryName(path)!);
    }

    public static void File(string path)
    {
        using var handle = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>fsync(2) of a folder: its names. .NET opens no folders, so this calls the system.</summary>
    public static void Folder(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(Encoding.UTF8.GetBytes(path + "\0"), CloseOnExec);
        if (descriptor < 0)
            throw new IOException($"{path}: {new Win32Exception().Message}");
        try
        {
            // Invalid argument: a file system that cannot sync folders; there is nothing more to do on it.
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
                throw new IOException($"{path}: {new Win32Exception().Message}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
