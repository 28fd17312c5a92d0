using System.Security.Cryptography;
using System.Text;
using Edge.Bundles.Common;

namespace Edge.Bundles;

/// <summary>Writes bundles. A bundle's folder appears complete, or not at all.</summary>
public static class BundleWriter
{
    /// <summary>
    /// Writes a bundle: 1. fill a temporary folder beside the target; 2. hash its files; 3. write the manifest; 4. bring all of it
    /// to the disk; 5. rename the folder into place.
    /// </summary>
    /// <param name="directory">The bundle's folder; must not exist. Its parent is created where it is missing.</param>
    /// <param name="draft">The manifest without id, time and files, which are filled in.</param>
    /// <param name="fill">Writes the bundle's files into the folder that it is given; whatever it throws ends the writing.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="BundleException">The target exists, or the draft and the files do not fit together.</exception>
    public static BundleManifest Write(string directory, BundleManifest draft, Action<string> fill) =>
        Write(directory, draft, fill, TimeProvider.System);

    internal static BundleManifest Write(string directory, BundleManifest draft, Action<string> fill, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(fill);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        RefuseExisting(target);
        var parent = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(parent);

        // The dot keeps it out of listings, and the random part out of the way of what a killed writer left behind.
        var temporary = Path.Combine(parent, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        Directory.CreateDirectory(temporary);
        try
        {
            fill(temporary);
            var manifest = Complete(draft, HashFiles(temporary), time.GetUtcNow());
            var manifestPath = Path.Combine(temporary, BundleFiles.Manifest);
            ManifestFile.Check(manifest, manifestPath);
            var content = ManifestFile.Serialize(manifest);
            File.WriteAllBytes(manifestPath, content);
            File.WriteAllText(Path.Combine(temporary, BundleFiles.ManifestHash), ManifestFile.HashLine(content));
            foreach (var file in Directory.EnumerateFiles(temporary))
                DiskSync.File(file);
            DiskSync.Folder(temporary);
            RefuseExisting(target);
            Directory.Move(temporary, target);
            DiskSync.Folder(parent);
            return manifest;
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    private static void RefuseExisting(string target)
    {
        if (Path.Exists(target) || new FileInfo(target).LinkTarget is not null)
            throw new BundleException($"{target}: exists; a bundle is written into a new folder. Name another folder, or remove this one.");
    }

    private static SortedDictionary<string, string> HashFiles(string folder)
    {
        SortedDictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo || entry.LinkTarget is not null)
                throw new BundleException($"{entry.Name}: is a folder or a link; a bundle holds plain files only.");
            if (entry.Name is BundleFiles.Manifest or BundleFiles.ManifestHash or BundleFiles.Signature)
                throw new BundleException($"{entry.Name}: the manifest is written by the bundle writer; fill must leave it out.");
            hashes.Add(entry.Name, ManifestFile.Hash(entry.FullName));
        }

        return hashes;
    }

    private static BundleManifest Complete(BundleManifest draft, SortedDictionary<string, string> files, DateTimeOffset now)
    {
        var lines = string.Concat(files.Select(file => $"{file.Value}  {file.Key}\n"));
        var contents = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
        return draft with
        {
            SchemaVersion = BundleManifest.CurrentSchemaVersion,
            Id = $"{now:yyyyMMdd'T'HHmmss'Z'}-{contents[..8]}",
            Created = now,
            Files = files,
        };
    }
}
