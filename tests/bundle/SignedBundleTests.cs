using System.Diagnostics;
using System.Security.Cryptography;
using Edge.Bundle.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Common;
using Edge.Bundles.Signing;

namespace Edge.Bundle.Tests;

public sealed class SignedBundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _bundle;
    private readonly TrustedKeys _trusted;

    public SignedBundleTests()
    {
        _bundle = SmallBundle.Write(_folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.File("key.pem"), key.ExportECPrivateKeyPem());
        File.WriteAllText(_folder.File("trusted.pem"), key.ExportSubjectPublicKeyInfoPem());
        BundleSigner.Sign(_bundle, _folder.File("key.pem"));
        _trusted = TrustedKeys.Read(_folder.File("trusted.pem"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_SignedByATrustedKey_OpensWithAndWithoutTheRule()
    {
        Assert.NotNull(BundleReader.Open(_bundle, _trusted));
        Assert.NotNull(BundleReader.Open(_bundle));
        BundleSigner.Sign(_bundle, _folder.File("key.pem")); // again
        Assert.NotNull(BundleReader.Open(_bundle, _trusted));
    }

    [Fact]
    public void Open_SecondKeyOfTheFile_IsTrustedToo()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(_folder.File("both.pem"),
            other.ExportSubjectPublicKeyInfoPem() + "\n" + File.ReadAllText(_folder.File("trusted.pem")));
        Assert.NotNull(BundleReader.Open(_bundle, TrustedKeys.Read(_folder.File("both.pem"))));
    }

    [Fact]
    public void Open_ForeignOrNoSignature_IsRefused()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.File("foreign.pem"), foreign.ExportSubjectPublicKeyInfoPem());
        var refused = Assert.Throws<BundleException>(() => BundleReader.Open(_bundle, TrustedKeys.Read(_folder.File("foreign.pem"))));
        Assert.Contains("manifest.sig: no key of", refused.Message, StringComparison.Ordinal);

        File.Delete(Path.Combine(_bundle, BundleFiles.Signature));
        refused = Assert.Throws<BundleException>(() => BundleReader.Open(_bundle, _trusted));
        Assert.Contains("manifest.sig: is missing, and only signed bundles are taken here", refused.Message, StringComparison.Ordinal);
    }

    // Every byte counts: one flipped, missing or added anywhere is refused, and the message names the file. Of the manifest and what
    // vouches for it all places, of the others some.
    [Fact]
    public void Open_AnyByteFlippedMissingOrAdded_IsRefusedWithTheFilesName()
    {
        var random = new Random(1);
        foreach (var file in Directory.GetFiles(_bundle))
        {
            var name = Path.GetFileName(file);
            var whole = File.ReadAllBytes(file);
            var places = name.StartsWith("manifest", StringComparison.Ordinal)
                ? Enumerable.Range(0, whole.Length)
                : Enumerable.Range(0, 50).Select(_ => random.Next(whole.Length));
            foreach (var place in places)
            {
                var flipped = (byte[])whole.Clone();
                flipped[place] ^= (byte)(1 << random.Next(8));
                Refused(flipped, $"byte {place} flipped");
                Refused([.. whole[..place], .. whole[(place + 1)..]], $"byte {place} missing");
                Refused([.. whole[..place], (byte)random.Next(256), .. whole[place..]], $"byte {place} added");
            }
            Refused([.. whole, 0], "a byte added at the end");
            Refused([], "empty");
            File.WriteAllBytes(file, whole);

            void Refused(byte[] content, string change)
            {
                if (content.AsSpan().SequenceEqual(whole))
                    return; // a byte added beside its like
                File.WriteAllBytes(file, content);
                var refused = Record.Exception(() => BundleReader.Open(_bundle, _trusted));
                Assert.True(refused is BundleException, $"{name}, {change}: {refused}");
                Assert.True(refused.Message.Contains(name, StringComparison.Ordinal), $"{name}, {change}: {refused.Message}");
            }
        }
        Assert.NotNull(BundleReader.Open(_bundle, _trusted));
    }

    // Others can check and make signatures with the tools that they have.
    [Fact]
    public void Signature_IsWhatOpensslMakesAndChecks()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl is not installed");
        string manifest = Path.Combine(_bundle, BundleFiles.Manifest), signature = Path.Combine(_bundle, BundleFiles.Signature);
        Assert.Equal(0, Openssl("dgst", "-sha256", "-verify", _folder.File("trusted.pem"), "-signature", signature, manifest));

        Assert.Equal(0, Openssl("dgst", "-sha256", "-sign", _folder.File("key.pem"), "-out", signature, manifest));
        Assert.NotNull(BundleReader.Open(_bundle, _trusted));

        Assert.Equal(0, Openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", _folder.File("new.pem")));
        Assert.Equal(0, Openssl("ec", "-in", _folder.File("new.pem"), "-pubout", "-out", _folder.File("new.pub")));
        BundleSigner.Sign(_bundle, _folder.File("new.pem"));
        Assert.NotNull(BundleReader.Open(_bundle, TrustedKeys.Read(_folder.File("new.pub"))));
    }

    [Fact]
    public void Sign_BundleThatIsNotWhole_IsRefused()
    {
        File.AppendAllText(Path.Combine(_bundle, BundleFiles.Vocabulary), "more\n");
        Assert.Throws<BundleException>(() => BundleSigner.Sign(_bundle, _folder.File("key.pem")));
    }

    [Theory]
    [InlineData("", "holds no public key")]
    [InlineData("private", "holds a EC PRIVATE KEY")]
    [InlineData("rsa", "not one of ECDSA")]
    public void TrustedKeys_FileOfSomethingElse_SaysWhatItHolds(string kind, string expected)
    {
        using var rsa = RSA.Create(2048);
        var file = _folder.File("other.pem");
        File.WriteAllText(file,
            kind == "private" ? File.ReadAllText(_folder.File("key.pem")) : kind == "rsa" ? rsa.ExportSubjectPublicKeyInfoPem() : kind);
        Assert.Contains(expected, Assert.Throws<BundleException>(() => TrustedKeys.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_FileThatIsNoPrivateKey_SaysHowToMakeOne()
    {
        var refused = Assert.Throws<BundleException>(() => BundleSigner.Sign(_bundle, _folder.File("trusted.pem")));
        Assert.Contains("openssl ecparam -name prime256v1 -genkey", refused.Message, StringComparison.Ordinal);
    }

    private static int Openssl(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
