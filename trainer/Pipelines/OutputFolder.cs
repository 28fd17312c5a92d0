using Edge.Bundles;

namespace Edge.Trainer.Pipelines;

/// <summary>The folder that a bundle goes to: checked before training, replaced only when the new bundle is complete.</summary>
internal static class OutputFolder
{
    /// <summary>Whether something stands where a new folder shall be written: a file, or a folder that is not empty.</summary>
    public static bool IsTaken(string folder) =>
        File.Exists(folder) || !IsFree(folder);

    /// <summary>Why a folder cannot take a bundle.</summary>
    public static IEnumerable<string> Problems(string folder, bool force)
    {
        if (File.Exists(folder))
        {
            yield return $"--out {folder}: is a file; name a folder that does not exist yet";
        }
        else if (!IsFree(folder) && !IsBundle(folder))
        {
            yield return $"--out {folder}: is not empty and holds no bundle; name a folder that does not exist yet";
        }
        else if (!IsFree(folder) && !force)
        {
            yield return $"--out {folder}: holds a bundle; name another folder, or add --force to replace it";
        }
    }

    /// <summary>Writes a bundle, in place of the one that lies there: that one is gone only once the new one stands.</summary>
    public static BundleManifest Write(string folder, BundleManifest draft, Action<string> fill)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(target))
            return BundleWriter.Write(target, draft, fill);

        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        var manifest = BundleWriter.Write(beside + ".new", draft, fill);
        Directory.Move(target, beside + ".old");
        Directory.Move(beside + ".new", target);
        Directory.Delete(beside + ".old", recursive: true);
        return manifest;
    }

    private static bool IsFree(string folder) => !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();

    private static bool IsBundle(string folder) => File.Exists(Path.Combine(folder, BundleFiles.Manifest));
}
