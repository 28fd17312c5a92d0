using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Edge.Bundles.Common;
using Edge.Bundles.Tasks;

namespace Edge.Bundles;

/// <summary>Reads and writes <c>manifest.json</c>.</summary>
internal static class ManifestFile
{
    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(RegularFile.Require(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BundleException($"{path}: not found; a bundle is a folder with a {BundleFiles.Manifest}. Name another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <param name="content">The manifest's bytes.</param>
    /// <param name="path">Its path.</param>
    /// <param name="vouch">Is called between the hash and the reading: a flipped bit must not be taken for a foreign manifest, and nothing
    /// of a foreign manifest is read.</param>
    public static BundleManifest Read(byte[] content, string path, Action? vouch = null)
    {
        var isHashed = CheckHash(content, Path.Combine(Path.GetDirectoryName(path)!, BundleFiles.ManifestHash));
        vouch?.Invoke();
        var manifest = Parse(content, path);
        if (!isHashed && manifest.SchemaVersion > BundleManifest.OldestSchemaVersion)
            throw new BundleException($"{path}: {BundleFiles.ManifestHash} is missing beside it. Copy the bundle again, whole.");
        return manifest;
    }

    /// <summary>The line that <c>sha256sum manifest.json</c> writes.</summary>
    public static string HashLine(byte[] content) => $"{Convert.ToHexStringLower(SHA256.HashData(content))}  {BundleFiles.Manifest}\n";

    private static bool CheckHash(byte[] content, string path)
    {
        byte[] found;
        try
        {
            found = File.ReadAllBytes(RegularFile.Require(path));
        }
        catch (FileNotFoundException)
        {
            return false; // allowed before it was written at all
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{path}: cannot be read: {e.Message}", e);
        }
        if (!found.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(HashLine(content))))
            throw new BundleException(
                $"{path}: does not fit {BundleFiles.Manifest}: one of the two was changed or is incomplete. Copy the bundle again.");
        return true;
    }

    public static BundleManifest Parse(byte[] content, string path)
    {
        try
        {
            // The version first: another schema may lack or rename what the rest of the reading expects.
            CheckSchemaVersion(content, path);
            var manifest = JsonSerializer.Deserialize<BundleManifest>(content, TaskFile.Json)!;
            Check(manifest, path);
            return manifest;
        }
        catch (JsonException e)
        {
            throw new BundleException($"{path}: this is not a manifest: {e.Message} See docs/reference/bundle.md.", e);
        }
    }

    public static void Check(BundleManifest manifest, string path)
    {
        var problems = ManifestRules.Check(manifest);
        if (problems.Count > 0)
            throw new BundleException($"{path}: " + string.Join("; ", problems) + ".");
    }

    public static byte[] Serialize(BundleManifest manifest) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(manifest, TaskFile.Json) + "\n");

    public static string Hash(string path)
    {
        using var stream = File.OpenRead(RegularFile.Require(path));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void CheckSchemaVersion(byte[] content, string path)
    {
        using var document = JsonDocument.Parse(content, TaskFile.DocumentOptions);
        var root = document.RootElement;
        var found = "nothing";
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schemaVersion", out var version))
        {
            if (version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number)
                && number is >= BundleManifest.OldestSchemaVersion and <= BundleManifest.CurrentSchemaVersion)
            {
                return;
            }

            found = version.GetRawText();
        }

        throw new BundleException(
            $"{path}: schemaVersion is {found}; this version of Edge reads {BundleManifest.OldestSchemaVersion} to "
            + $"{BundleManifest.CurrentSchemaVersion}. "
            + "Update Edge, or train the bundle with this version.");
    }
}
