using System.Runtime.InteropServices;

namespace Edge.Bundles.Common;

/// <summary>
/// Files that a user names. A pipe that nobody writes to, or a device without an end, would hold the program for ever.
/// </summary>
public static class RegularFile
{
    private const int AtCurrentFolder = -100;
    private const uint WantType = 1;
    private const int TypeMask = 0xF000;

    // Shells pass the output of a command, or standard input, as such a path: somebody writes to it.
    private static readonly string[] GivenByShells = ["/dev/fd/", "/dev/stdin", "/proc/self/fd/"];

    /// <summary>The same file, where it is a regular one or does not exist.</summary>
    /// <exception cref="IOException">It is something else; the message says what.</exception>
    public static string Require(string path)
    {
        var full = Path.GetFullPath(path);
        if (!OperatingSystem.IsLinux() || GivenByShells.Any(given => full.StartsWith(given, StringComparison.Ordinal)))
            return path;
        var status = default(Statx);
        if (StatxOf(AtCurrentFolder, full, 0, WantType, ref status) != 0)
            return path; // who opens it says what is wrong
        var kind = (status.Mode & TypeMask) switch
        {
            0x8000 or 0x4000 => null, // who opens a folder says that it is one
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            var type => $"of type {type:x}",
        };
        return kind is null ? path : throw new IOException($"{path} is {kind}; a regular file is needed");
    }

    // struct statx of Linux, 256 bytes on every architecture (man 2 statx).
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatxOf(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref Statx status);
}
