using System.Text;
using System.Text.RegularExpressions;
using Edge.Bundle.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Tasks;

namespace Edge.Bundle.Tests;

/// <summary>The examples of docs/reference/bundle.md are what the code reads.</summary>
public sealed partial class BundleDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/bundle.md"));

    [Fact]
    public void Manifest_OfTheDocument_IsReadWhole()
    {
        var manifest = ManifestFile.Parse(Encoding.UTF8.GetBytes(Example("manifest")), "docs/reference/bundle.md");

        Assert.Equal("20261121T031500Z-0b7e44d0", manifest.ParentId);
        Assert.Equal(3, manifest.Task.Heads.Count);
        Assert.Equal(0.71f, manifest.Precisions["int8"].ThresholdOf("intent"));
        Assert.Equal(893, manifest.Precisions["int8"].Metrics!["count"]!.GetValue<int>());
        Assert.Equal(2000, manifest.TrainingData!.Counts["dev"]);
    }

    [Fact]
    public void Manifest_OfTheDocument_IsWhatTheWriterWrites()
    {
        var example = Encoding.UTF8.GetBytes(Example("manifest"));
        var written = Encoding.UTF8.GetString(ManifestFile.Serialize(ManifestFile.Parse(example, "docs/reference/bundle.md")));

        Assert.Equal(WithoutSpace(Example("manifest")), WithoutSpace(written));
        Assert.Contains("非常消极", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Task_OfTheDocument_IsReadWhole()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("task.json"), Example("task"));

        var task = TaskFile.Read(folder.File("task.json"));

        Assert.Equal(
            [HeadKind.Single, HeadKind.Single, HeadKind.Span, HeadKind.Multi, HeadKind.Score], task.Heads.Select(head => head.Kind));
        Assert.Equal(0.5, task.Heads[^1].Weight);
    }

    [Fact]
    public void EveryExample_HasATest() =>
    Assert.Equal(["manifest", "task"], Examples().Matches(Document).Select(match => match.Groups[1].Value));

    private static string Example(string name) =>
        Examples().Matches(Document).Single(match => match.Groups[1].Value == name).Groups[2].Value;

    private static string WithoutSpace(string json) => Space().Replace(json, "");

    [GeneratedRegex("^```json ?([a-z]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Examples();

    [GeneratedRegex(@"\s")]
    private static partial Regex Space();
}
