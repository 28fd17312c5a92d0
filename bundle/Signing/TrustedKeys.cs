using System.Security.Cryptography;
using Edge.Bundles.Common;

namespace Edge.Bundles.Signing;

/// <summary>Public keys whose signature makes a bundle a trusted one.</summary>
public sealed class TrustedKeys
{
    private const string Label = "PUBLIC KEY";

    private readonly string _file;
    private readonly List<byte[]> _keys;

    private TrustedKeys(string file, List<byte[]> keys) => (_file, _keys) = (file, keys);

    /// <summary>Reads a PEM file with one or more ECDSA public keys (<c>openssl ec -in key.pem -pubout</c>), one after another.</summary>
    /// <param name="file">Path of the file.</param>
    /// <exception cref="BundleException">It cannot be read, or holds something else.</exception>
    public static TrustedKeys Read(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        string text;
        try
        {
            text = File.ReadAllText(RegularFile.Require(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{file}: the trusted keys cannot be read: {e.Message}", e);
        }
        List<byte[]> keys = [];
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var label = rest[found.Label].ToString();
            if (label != Label)
                throw new BundleException($"{file}: holds a {label}; use PEM files of public keys only: openssl ec -in key.pem -pubout");
            keys.Add(Import(file, rest[found.Location].ToString()));
            rest = rest[found.Location.End..];
        }
        return keys.Count > 0
            ? new TrustedKeys(file, keys)
            : throw new BundleException($"{file}: holds no public key; use a PEM file: openssl ec -in key.pem -pubout");
    }

    /// <summary>Checks the signature of a manifest.</summary>
    /// <param name="manifest">The manifest's bytes.</param>
    /// <param name="signature">ECDSA over its SHA-256, as ASN.1 (what <c>openssl dgst -sha256 -sign</c> writes).</param>
    /// <param name="place">Path of the signature, for messages.</param>
    /// <exception cref="BundleException">No trusted key has made it.</exception>
    internal void Check(byte[] manifest, byte[] signature, string place)
    {
        foreach (var key in _keys)
        {
            using var verifier = ECDsa.Create();
            verifier.ImportSubjectPublicKeyInfo(key, out _);
            if (verifier.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
                return;
        }
        throw new BundleException(
            $"{place}: no key of {_file} has signed this manifest. Take the bundle from a trainer whose key is trusted, or sign it: " +
            "edge-trainer sign --bundle DIR --key FILE");
    }

    private static byte[] Import(string file, string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new BundleException($"{file}: holds a public key that is not one of ECDSA ({e.Message})", e);
        }
    }
}
