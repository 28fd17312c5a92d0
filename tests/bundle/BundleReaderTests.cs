using Edge.Bundle.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Common;

namespace Edge.Bundle.Tests;

public sealed class BundleReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _bundle;

    public BundleReaderTests() => _bundle = SmallBundle.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_ThroughLink_GivesTheFolderItself()
    {
        Directory.CreateSymbolicLink(_folder.File("current"), _bundle);

        Assert.Equal(_bundle, BundleReader.Open(_folder.File("current") + "/").Directory);
    }

    [Fact]
    public void Open_ChangedFile_NamesFileFoundAndExpected()
    {
        File.WriteAllBytes(Path.Combine(_bundle, "model.int8.onnx"), [1, 2, 4]);

        var error = Refused();

        Assert.Contains("model.int8.onnx: SHA-256 is ", error, StringComparison.Ordinal);
        Assert.Contains(
            "manifest.json says 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("manifest.sha256")]
    [InlineData("model.int8.onnx")]
    public void Open_AnyBitOfAFileFlipped_IsRefused(string name)
    {
        var path = Path.Combine(_bundle, name);
        var content = File.ReadAllBytes(path);
        for (var at = 0; at < content.Length; at++)
        {
            content[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(path, content);
            Assert.Throws<BundleException>(() => BundleReader.Open(_bundle));
            content[at] ^= (byte)(1 << (at % 8));
        }
        File.WriteAllBytes(path, content);
        BundleReader.Open(_bundle);
    }

    [Fact]
    public void Open_WithoutTheManifestsHash_IsRefused()
    {
        File.Delete(Path.Combine(_bundle, "manifest.sha256"));

        Assert.Contains("manifest.sha256 is missing", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BundleOfTheFirstSchema_NeedsNoHashOfTheManifest()
    {
        Edit("\"schemaVersion\": 2", "\"schemaVersion\": 1");
        File.Delete(Path.Combine(_bundle, "manifest.sha256"));

        Assert.Equal(1, BundleReader.Open(_bundle).Manifest.SchemaVersion);
    }

    [Theory]
    [InlineData("vocab.txt")]
    [InlineData("manifest.json")]
    [InlineData("manifest.sha256")]
    public void Open_PipeInPlaceOfAFile_IsRefusedAndDoesNotHang(string name)
    {
        File.Delete(Path.Combine(_bundle, name));
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_bundle, name)]))
            make.WaitForExit();

        Assert.Contains("is a named pipe; a regular file is needed", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingFile_IsRefused()
    {
        File.Delete(Path.Combine(_bundle, "model.int8.onnx"));

        Assert.Contains("model.int8.onnx named in manifest.json but missing", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("extra.txt")]
    [InlineData(".hidden")]
    public void Open_ExtraFile_IsRefused(string name)
    {
        File.WriteAllText(Path.Combine(_bundle, name), "");

        Assert.Contains($"{name} not named in manifest.json", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ExtraFolder_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine(_bundle, "folder"));

        Assert.Contains("is a folder; a bundle holds plain files only", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.txt")]
    [InlineData("manifest.json")]
    public void Open_LinkInPlaceOfAFile_IsRefused(string name)
    {
        // The same content, but outside of the bundle.
        File.Move(Path.Combine(_bundle, name), _folder.File("outside"));
        File.CreateSymbolicLink(Path.Combine(_bundle, name), "../outside");

        Assert.Contains($"{name}: is a symbolic link", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/hostname")]
    [InlineData("folder/x")]
    [InlineData("..")]
    [InlineData("a\\\\b")]
    [InlineData("manifest.json")]
    [InlineData("")]
    public void Open_NameThatLeadsOut_IsRefused(string name)
    {
        File.WriteAllText(_folder.File("outside"), "x");
        Edit("\"files\": {", $"\"files\": {{ \"{name}\": \"{new string('0', 64)}\",");

        Assert.Contains("cannot be a file of a bundle", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 2", "\"schemaVersion\": 3", "schemaVersion is 3; this version of Edge reads 1 to 2. Update Edge")]
    [InlineData("\"schemaVersion\": 2", "\"schemaVersion\": \"1\"", "schemaVersion is \"1\"")]
    [InlineData("\"schemaVersion\": 2,", "", "schemaVersion is nothing")]
    [InlineData("\"intent\": 1.5", "\"intent\": 0", "precisions.int8.temperatures.intent is 0; use a number above 0")]
    [InlineData("\"intent\": 1.5", "\"mood\": 1.5", "temperatures names head 'mood', which the task lacks")]
    [InlineData("\"file\": \"model.int8.onnx\"", "\"file\": \"model.fp16.onnx\"",
        "precisions.int8.file is 'model.fp16.onnx', which is not in files")]
    [InlineData("\"退款\"", "\"查物流\"", "label '查物流' occurs 2 times")]
    [InlineData("\"kind\": \"single\"", "\"kind\": \"double\"", "this is not a manifest")]
    [InlineData("\"kind\": \"single\"", "\"kind\": \"score\"", "labels has 2 entries; a score has none")]
    [InlineData("\"maxLength\": 64", "\"maxLength\": 4", "maxLength is 4; use 8 to 512")]
    [InlineData("\"kind\": \"single\",\n        \"labels\": [",
        "\"kind\": \"span\", \"transitions\": {\"unseen\":[0],\"seen\":[]},\n        \"labels\": [",
        "transitions has 1 tags; 2 labels have 5")]
    [InlineData("\"thresholds\": {", "\"thresholds\": null, \"more\": {", "precisions.int8.thresholds is null")]
    [InlineData("039058c6", "039058C6", "a SHA-256 has 64 lower-case hexadecimal digits")]
    [InlineData("\"tokenizer\": {", "\"token\": {", "this is not a manifest")]
    [InlineData("{", "", "this is not a manifest")]
    public void Open_BadManifest_SaysWhatIsWrong(string found, string replacement, string expected)
    {
        Edit(found, replacement);

        var error = Refused();

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains("manifest.json", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MemberOfALaterVersion_IsLeftAlone()
    {
        Edit("\"schemaVersion\": 2", "\"schemaVersion\": 2, \"signature\": { \"algorithm\": \"ES256\" }");

        Assert.Equal(2, BundleReader.Open(_bundle).Manifest.SchemaVersion);
    }

    [Fact]
    public void Open_NoSuchFolder_SaysSo() =>
        Assert.Contains("there is no such folder", Assert.Throws<BundleException>(() => BundleReader.Open(_folder.File("none"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Open_LinkToNowhereOrToItself_IsRefused()
    {
        Directory.CreateSymbolicLink(_folder.File("nowhere"), _folder.File("none"));
        Directory.CreateSymbolicLink(_folder.File("loop"), _folder.File("loop"));

        Assert.Throws<BundleException>(() => BundleReader.Open(_folder.File("nowhere")));
        Assert.Throws<BundleException>(() => BundleReader.Open(_folder.File("loop")));
    }

    [Fact]
    public void Open_FolderWithoutManifest_SaysWhatABundleIs()
    {
        File.Delete(Path.Combine(_bundle, "manifest.json"));

        Assert.Contains("not found; a bundle is a folder with a manifest.json", Refused(), StringComparison.Ordinal);
    }

    private string Refused() => Assert.Throws<BundleException>(() => BundleReader.Open(_bundle)).Message;

    private void Edit(string found, string replacement)
    {
        var path = Path.Combine(_bundle, "manifest.json");
        var manifest = File.ReadAllText(path);
        var at = manifest.IndexOf(found, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{found} is not in the manifest");
        File.WriteAllText(path, manifest[..at] + replacement + manifest[(at + found.Length)..]);
        File.WriteAllText(Path.Combine(_bundle, "manifest.sha256"), ManifestFile.HashLine(File.ReadAllBytes(path)));
    }
}
