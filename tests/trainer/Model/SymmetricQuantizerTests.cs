using Edge.Trainer.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Model;

public class SymmetricQuantizerTests
{
    [Fact]
    public void PerColumn_AnyMatrix_IsWithinHalfAStep()
    {
        var matrices =
            from columns in Gen.Choose(1, 5)
            from rows in Gen.Choose(1, 6)
            from values in Gen.Choose(-100_000, 100_000).Select(value => value / 777f).ArrayOf(rows * columns)
            from most in Gen.Elements(SymmetricQuantizer.Largest, SymmetricQuantizer.LargestFactor)
            select (columns, values, most);

        Prop.ForAll(matrices.ToArbitrary(), matrix =>
        {
            var (integers, scales) = SymmetricQuantizer.PerColumn(matrix.values, matrix.columns, matrix.most);
            Assert.Equal(matrix.columns, scales.Length);
            for (var i = 0; i < matrix.values.Length; i++)
            {
                var scale = scales[i % matrix.columns];
                Assert.InRange(integers[i], -matrix.most, matrix.most);
                Assert.True(Math.Abs(matrix.values[i] - (integers[i] * scale)) <= scale * 0.5001f, $"value {i}");
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void PerColumn_LargestOfEachColumn_Is127()
    {
        var (integers, scales) = SymmetricQuantizer.PerColumn([1, -20, -2, 10], 2);

        Assert.Equal([64, -127, -127, 64], integers);
        Assert.Equal([2f / 127, 20f / 127], scales);
    }

    [Fact]
    public void PerColumn_ColumnOfZeros_StaysZeroWithAScaleAboveZero()
    {
        var (integers, scales) = SymmetricQuantizer.PerColumn([0, 1, 0, 2], 2);

        Assert.Equal([0, 64, 0, 127], integers);
        Assert.All(scales, scale => Assert.True(scale > 0));
    }
}
