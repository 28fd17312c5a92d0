using Edge.Bundle.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Common;

namespace Edge.Bundle.Tests;

public sealed class BundleWriterTests
{
    [Fact]
    public void Write_Bundle_IsReadBack()
    {
        using TemporaryFolder folder = new();

        var written = BundleWriter.Write(folder.File("new/bundle"), SmallBundle.Draft with { ParentId = "p" }, SmallBundle.Fill);
        var opened = BundleReader.Open(folder.File("new/bundle"));

        Assert.Equal(written.Id, opened.Manifest.Id);
        Assert.Equal(written.Created, opened.Manifest.Created);
        Assert.Equal("p", opened.Manifest.ParentId);
        Assert.Equal(["model.int8.onnx", "vocab.txt"], opened.Manifest.Files.Keys);
        var precision = opened.Manifest.Precisions[Precision.Int8];
        Assert.Equal(
            (1.5f, 1f, 0f), (precision.TemperatureOf("intent"), precision.TemperatureOf("suitability"), precision.ThresholdOf("intent")));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(opened.PathOf(precision)));
        Assert.Equal(566, opened.LoadTokenizer().VocabularySize);
        Assert.False(opened.Has(BundleFiles.Golden));
        Assert.Contains(
            "no golden.jsonl", Assert.Throws<BundleException>(() => opened.PathOf(BundleFiles.Golden)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Ids_SortByAgeAndDifferWithContent()
    {
        using TemporaryFolder folder = new();
        FixedTime time = new(new DateTimeOffset(2026, 11, 22, 3, 15, 0, TimeSpan.Zero));
        FixedTime later = new(new DateTimeOffset(2026, 11, 22, 3, 15, 1, TimeSpan.Zero));

        var first = BundleWriter.Write(folder.File("1"), SmallBundle.Draft, SmallBundle.Fill, time).Id;
        var same = BundleWriter.Write(folder.File("2"), SmallBundle.Draft, SmallBundle.Fill, time).Id;
        var other = BundleWriter.Write(folder.File("3"), SmallBundle.Draft, FillOther, time).Id;
        var next = BundleWriter.Write(folder.File("4"), SmallBundle.Draft, SmallBundle.Fill, later).Id;

        Assert.Matches("^20261122T031500Z-[0-9a-f]{8}$", first);
        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
        Assert.True(string.CompareOrdinal(next, first) > 0);

        static void FillOther(string path)
        {
            SmallBundle.Fill(path);
            File.WriteAllText(Path.Combine(path, BundleFiles.Report), "other");
        }
    }

    [Fact]
    public void Write_FillThrows_LeavesNothing()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<OperationCanceledException>(() => BundleWriter.Write(folder.File("bundle"), SmallBundle.Draft, path =>
        {
            SmallBundle.Fill(path);
            throw new OperationCanceledException();
        }));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void Write_WhileFilling_TargetIsNotThere()
    {
        using TemporaryFolder folder = new();

        BundleWriter.Write(folder.File("bundle"), SmallBundle.Draft, path =>
        {
            SmallBundle.Fill(path);
            Assert.False(Path.Exists(folder.File("bundle")));
            Assert.Equal(folder.FullPath, Path.GetDirectoryName(path));
        });

        Assert.Equal([folder.File("bundle")], Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void Write_ExistingTarget_IsRefusedBeforeTheWork()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("bundle"));

        var error =
            Assert.Throws<BundleException>(() => BundleWriter.Write(folder.File("bundle"), SmallBundle.Draft, _ => Assert.Fail("filled")));

        Assert.Contains("bundle: exists", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DraftAndFilesDoNotFit_NamesEveryProblem()
    {
        using TemporaryFolder folder = new();
        var draft = SmallBundle.Draft with
        {
            Precisions = new Dictionary<string, PrecisionEntry>
            {
                ["int9"] = new() { File = "model.int9.onnx", Thresholds = new Dictionary<string, float> { ["mood"] = 1.5f } },
            },
        };

        var error = Assert.Throws<BundleException>(() => BundleWriter.Write(folder.File("bundle"), draft, SmallBundle.Fill)).Message;

        Assert.Contains("precisions.int9 is not known; the precisions are fp32, fp16, int8", error, StringComparison.Ordinal);
        Assert.Contains("precisions.int9.file is 'model.int9.onnx', which is not in files", error, StringComparison.Ordinal);
        Assert.Contains("precisions.int9.thresholds names head 'mood', which the task lacks; it has intent, suitability", error,
            StringComparison.Ordinal);
        Assert.Contains("precisions.int9.thresholds.mood is 1.5; use 0 to 1", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Theory]
    [InlineData("folder/x", "is a folder or a link")]
    [InlineData("manifest.json", "the manifest is written by the bundle writer")]
    [InlineData(".hidden", "'.hidden' cannot be a file of a bundle")]
    public void Write_WhatABundleCannotHold_IsRefused(string name, string expected)
    {
        using TemporaryFolder folder = new();

        var error = Assert.Throws<BundleException>(() => BundleWriter.Write(folder.File("bundle"), SmallBundle.Draft, path =>
        {
            SmallBundle.Fill(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(path, name))!);
            File.WriteAllText(Path.Combine(path, name), "x");
        }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
