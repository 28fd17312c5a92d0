using System.Runtime.InteropServices;
using System.Text;

namespace Edge.Appliance.UncertainCases;

/// <summary>Which file a path names: its device and inode. A file that was deleted and made again is another one.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint InodeWanted = 0x100; // STATX_INO

    /// <summary>The file at a path; null where there is none, or it cannot be looked at.</summary>
    public static FileIdentity? Of(string path)
    {
        // struct statx of statx(2) has the same layout on every architecture, unlike struct stat.
        var result = new byte[256];
        if (StatX(CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), 0, InodeWanted, result) != 0)
            return null;
        return new FileIdentity(
            ((ulong)BitConverter.ToUInt32(result, 136) << 32) | BitConverter.ToUInt32(result, 140), BitConverter.ToUInt64(result, 32));
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, byte[] path, int flags, uint mask, byte[] result);
}
