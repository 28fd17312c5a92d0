using Edge.Bundles.Common;
using Edge.Bundles.Inference;

namespace Edge.Bundles.Tests.Inference;

public sealed class NgramLookupTests
{
    // One kind, the piece itself: its id is the number. 4 has slot (4 + 1) mod 3 = 2; so has 1; 5 has slot 0.
    private static readonly byte[] Table = NgramLookup.Write(0, 1, 99, [1], [1, 1], [-1, -1, 4]);

    [Fact]
    public void Find_KnownStrangerAndPadding_GiveTheSlotOrTheRowOfZeros()
    {
        var lookup = NgramLookup.Read("model.onnx", Table);
        var rows = new int[4];

        lookup.Find([4, 5, 1], rows); // 1 falls into the slot of 4

        Assert.Equal([2, lookup.None, lookup.None, lookup.None], rows);
        Assert.Equal(3, lookup.None);
    }

    [Theory]
    [InlineData(0, "its version is 2, this program reads 1")]
    [InlineData(12, "its sizes (reach 0, kinds 1, buckets 2, slots 3) do not fit")]
    public void Read_AnotherVersionOrCutBytes_NamesThePlace(int cut, string message)
    {
        var bytes = cut == 0 ? [2, .. Table[1..]] : Table[..^cut];

        var failure = Assert.Throws<BundleException>(() => NgramLookup.Read("model.onnx", bytes));

        Assert.StartsWith("model.onnx: the n-gram table in its metadata (edge.ngrams) cannot be read: ", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
