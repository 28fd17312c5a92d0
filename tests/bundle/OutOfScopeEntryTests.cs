using Edge.Bundle.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Common;

namespace Edge.Bundle.Tests;

public sealed class OutOfScopeEntryTests
{
    private static readonly OutOfScopeEntry Entry = new()
    {
        Energy = new OutOfScopePart(-10, 2), Norm = new OutOfScopePart(13, 0.5f), Sums = [-1, 0, 0, 2], Shares = [0.1f, 0.5f, 0.6f, 0.9f],
        Threshold = 0.95f,
    };

    [Theory]
    [InlineData(-5, 0.1)]
    [InlineData(-1, 0.1)]
    [InlineData(-0.5, 0.3)]
    [InlineData(0, 0.6)]
    [InlineData(1, 0.75)]
    [InlineData(2, 0.9)]
    [InlineData(1e9, 0.9)]
    public void ScoreOf_BetweenTwoSums_IsInProportion_AndBeyondThemTheOuterOne(double sum, double score) =>
        Assert.Equal(score, Entry.ScoreOf(sum), 1e-6);

    [Fact]
    public void Sum_HighEnergyAndSmallNorm_AddUp()
    {
        Assert.Equal(0, Entry.Sum(-10, 13));
        Assert.Equal(1.5, Entry.Sum(-9, 12.5));
        Assert.Equal(0.5, (Entry with { Norm = null }).Sum(-9, 12.5));
        Assert.Equal(1, (Entry with { Energy = null }).Sum(-9, 12.5));
    }

    [Fact]
    public void Manifest_WithAScore_IsReadAsWritten()
    {
        using TemporaryFolder folder = new();
        BundleWriter.Write(folder.File("bundle"), Draft(Entry), SmallBundle.Fill);

        var read = BundleReader.Open(folder.File("bundle")).Manifest.Precisions[Precision.Int8].OutOfScope!;

        Assert.Equal((Entry.Energy, Entry.Norm, Entry.Threshold), (read.Energy, read.Norm, read.Threshold));
        Assert.Equal(Entry.Sums, read.Sums);
        Assert.Equal(Entry.Shares, read.Shares);
    }

    [Fact]
    public void Manifest_WithoutAScore_HasNone()
    {
        using TemporaryFolder folder = new();

        Assert.Null(BundleReader.Open(SmallBundle.Write(folder)).Manifest.Precisions[Precision.Int8].OutOfScope);
    }

    [Fact]
    public void Manifest_WithAScoreThatCannotBe_NamesAllThatIsWrong()
    {
        using TemporaryFolder folder = new();
        var wrong = Entry with { Energy = new OutOfScopePart(0, 0), Sums = [1, 0], Shares = [0.1f, 0.9f], Threshold = 2 };

        var problem = Assert.Throws<BundleException>(() => BundleWriter.Write(folder.File("bundle"), Draft(wrong), SmallBundle.Fill));

        Assert.Contains("precisions.int8.outOfScope.energy has mean 0 and deviation 0", problem.Message, StringComparison.Ordinal);
        Assert.Contains("precisions.int8.outOfScope: sums and shares must ascend", problem.Message, StringComparison.Ordinal);
        Assert.Contains("precisions.int8.outOfScope.threshold is 2; use 0 to 1", problem.Message, StringComparison.Ordinal);
    }

    private static BundleManifest Draft(OutOfScopeEntry entry) => SmallBundle.Draft with
    {
        Precisions = new Dictionary<string, PrecisionEntry>
        {
            [Precision.Int8] = SmallBundle.Draft.Precisions[Precision.Int8] with { OutOfScope = entry },
        },
    };
}
