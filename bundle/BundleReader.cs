using Edge.Bundles.Common;
using Edge.Bundles.Signing;

namespace Edge.Bundles;

/// <summary>Opens bundles. Nothing of a bundle is used before all of it is verified.</summary>
public static class BundleReader
{
    /// <summary>Reads the manifest and verifies that the folder holds exactly its files, each with its hash.</summary>
    /// <param name="directory">The bundle's folder, or a symbolic link to it such as <c>current</c>.</param>
    /// <param name="trusted">Keys one of which must have signed the bundle; <c>null</c>: whoever made it.</param>
    /// <exception cref="BundleException">
    /// The manifest is missing, of another schema or contradicts itself; a file is missing, changed or not named in it; a file
    /// is a link or a folder; or no trusted key has signed the bundle.
    /// </exception>
    public static OpenedBundle Open(string directory, TrustedKeys? trusted = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var folder = Resolve(directory);
        RefuseLinksAndFolders(folder);
        var manifestPath = Path.Combine(folder, BundleFiles.Manifest);
        var content = ManifestFile.ReadBytes(manifestPath);
        var manifest = ManifestFile.Read(content, manifestPath,
            vouch: () => CheckSignature(Path.Combine(folder, BundleFiles.Signature), content, trusted));
        CheckNames(folder, manifest);
        foreach (var (name, expected) in manifest.Files)
            CheckHash(Path.Combine(folder, name), expected);
        return new OpenedBundle(folder, manifest, content);
    }

    /// <summary>True where a link, or a path, leads to a bundle that was opened before and nobody has replaced since.</summary>
    /// <param name="directory">The bundle's folder, or a symbolic link to it.</param>
    /// <param name="opened">The bundle that was opened.</param>
    /// <exception cref="BundleException">There is nothing to compare with.</exception>
    public static bool IsSame(string directory, OpenedBundle opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        var folder = Resolve(directory);
        return folder == opened.Directory
            && ManifestFile.ReadBytes(Path.Combine(folder, BundleFiles.Manifest)).SequenceEqual(opened.Content);
    }

    private static void CheckSignature(string path, byte[] manifest, TrustedKeys? trusted)
    {
        if (trusted is null)
            return;
        if (!File.Exists(path))
            throw new BundleException($"{path}: is missing, and only signed bundles are taken here (Bundles:TrustedKeys). Sign the bundle: "
                + "edge-trainer sign --bundle DIR --key FILE");
        try
        {
            trusted.Check(manifest, File.ReadAllBytes(RegularFile.Require(path)), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static string Resolve(string directory)
    {
        DirectoryInfo folder = new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        if (!folder.Exists)
            throw new BundleException($"{directory}: there is no such folder; name the folder of a bundle.");
        try
        {
            folder = folder.ResolveLinkTarget(returnFinalTarget: true) as DirectoryInfo ?? folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{directory}: the bundle's folder cannot be opened: {e.Message}", e);
        }

        return folder.FullName;
    }

    // A link could lead out of the bundle, and a later change of its target would pass unseen.
    private static void RefuseLinksAndFolders(string folder)
    {
        foreach (var entry in Entries(folder))
        {
            if (entry.LinkTarget is not null)
                throw new BundleException($"{entry.FullName}: is a symbolic link; a bundle holds plain files. Put the file itself there.");
            if (entry is DirectoryInfo)
                throw new BundleException($"{entry.FullName}: is a folder; a bundle holds plain files only. Remove it.");
        }
    }

    private static void CheckNames(string folder, BundleManifest manifest)
    {
        HashSet<string> found = [.. Entries(folder).Select(entry => entry.Name)];
        List<string> missing = [.. manifest.Files.Keys.Where(name => !found.Contains(name)).Order(StringComparer.Ordinal)];
        List<string> extra =
            [.. found.Where(name => name is not (BundleFiles.Manifest or BundleFiles.ManifestHash or BundleFiles.Signature)
                && !manifest.Files.ContainsKey(name))
                .Order(StringComparer.Ordinal)];
        if (missing.Count > 0)
            throw new BundleException(
                $"{folder}: {string.Join(", ", missing)} named in {BundleFiles.Manifest} but missing. Copy the bundle again, whole.");
        if (extra.Count > 0)
            throw new BundleException(
                $"{folder}: {string.Join(", ", extra)} not named in {BundleFiles.Manifest}. Remove what does not belong to the bundle.");
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            // All of them: the default leaves out hidden and system files.
            return new DirectoryInfo(folder).GetFileSystemInfos(
                "*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{folder}: the bundle's folder cannot be read: {e.Message}", e);
        }
    }

    private static void CheckHash(string path, string expected)
    {
        string found;
        try
        {
            found = ManifestFile.Hash(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{path}: cannot be read: {e.Message}", e);
        }

        if (found != expected)
        {
            throw new BundleException(
                $"{path}: SHA-256 is {found}, {BundleFiles.Manifest} says {expected}: the file was changed or is incomplete. Copy the " +
                "bundle again.");
        }
    }
}
