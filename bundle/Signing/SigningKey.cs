using System.Security.Cryptography;
using Edge.Bundles.Common;

namespace Edge.Bundles.Signing;

/// <summary>A private key that signs bundles.</summary>
internal static class SigningKey
{
    /// <summary>Signs a manifest: ECDSA over its SHA-256, as ASN.1.</summary>
    /// <param name="manifest">The manifest's bytes.</param>
    /// <param name="file">PEM file of an ECDSA private key without a password.</param>
    /// <exception cref="BundleException">The key cannot be used.</exception>
    public static byte[] Sign(byte[] manifest, string file)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(RegularFile.Require(file)));
            return key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new BundleException(
                $"{file}: is no private key that can sign ({e.Message}). Use an ECDSA key in PEM form without a password: "
                + "openssl ecparam -name prime256v1 -genkey -noout -out key.pem", e);
        }
    }
}
