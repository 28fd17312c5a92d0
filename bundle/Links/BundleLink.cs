using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Edge.Bundles.Common;

namespace Edge.Bundles.Links;

/// <summary>A symbolic link that names a bundle, such as <c>current</c>: it leads to the old one or the new one, never nowhere.</summary>
public static class BundleLink
{
    /// <summary>Full path of what the link names, whether or not that exists; null where there is no such link.</summary>
    /// <param name="link">Path of the link.</param>
    public static string? TargetOf(string link)
    {
        ArgumentException.ThrowIfNullOrEmpty(link);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(link));
        return new FileInfo(full).LinkTarget is { } target
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, Path.GetDirectoryName(full)!))
            : null;
    }

    /// <summary>Lets the link name another folder, at once (rename(2)) and on disk when it returns.</summary>
    /// <param name="link">Path of the link; made where there is none.</param>
    /// <param name="folder">What it shall name. A folder beside the link is named without its path, so that both can be moved.</param>
    /// <exception cref="BundleException">A folder or file stands where the link shall be.</exception>
    public static void Set(string link, string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(link);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(link));
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parent = Path.GetDirectoryName(full)!;
        if (Path.Exists(full) && new FileInfo(full).LinkTarget is null)
            throw new BundleException($"{link}: is no symbolic link, so it cannot be changed to another bundle. Put the bundle elsewhere "
                + "and let a link of this name lead to it.");
        var next = Path.Combine(parent, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        File.CreateSymbolicLink(next, Path.GetDirectoryName(target) == parent ? Path.GetFileName(target) : target);
        try
        {
            // .NET's File.Move refuses a link to a folder.
            if (Rename(Encoding.UTF8.GetBytes(next + "\0"), Encoding.UTF8.GetBytes(full + "\0")) != 0)
                throw new IOException($"{link}: {new Win32Exception().Message}");
        }
        catch
        {
            File.Delete(next);
            throw;
        }
        DiskSync.Folder(parent);
    }

    /// <summary>Removes a link; what it names stays.</summary>
    /// <param name="link">Path of the link.</param>
    public static void Remove(string link)
    {
        if (TargetOf(link) is null)
            return;
        File.Delete(link);
        DiskSync.Folder(Path.GetDirectoryName(Path.GetFullPath(link))!);
    }

    [DllImport("libc", EntryPoint = "rename", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(byte[] from, byte[] to);
}
