using Edge.Bundles.Common;
using Edge.Bundles.Signing;

namespace Edge.Bundles;

/// <summary>Signs bundles, so that a box takes them from nobody else.</summary>
public static class BundleSigner
{
    /// <summary>Writes <see cref="BundleFiles.Signature"/>, over the manifest and so over every file that it names.</summary>
    /// <param name="directory">The bundle's folder, or a link to it. It is verified first.</param>
    /// <param name="keyFile">PEM file of an ECDSA private key.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="BundleException">The bundle is not whole, or the key cannot be used.</exception>
    public static OpenedBundle Sign(string directory, string keyFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyFile);
        var bundle = BundleReader.Open(directory);
        var signature = SigningKey.Sign(bundle.Content, keyFile);
        DiskSync.Replace(Path.Combine(bundle.Directory, BundleFiles.Signature), signature,
            // Beside the bundle: what it does not name makes it one that is refused.
            temporary: Path.Combine(Path.GetDirectoryName(bundle.Directory)!, $".{BundleFiles.Signature}.{Guid.NewGuid():N}.tmp"));
        return bundle;
    }
}
