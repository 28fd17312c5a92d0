using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Model;

[Collection(MicroTask.Collection)]
public sealed class EightBitMatrixTests
{
    [Theory]
    [InlineData(7, 64)]
    [InlineData(5, 312)] // blocks of 52
    [InlineData(3, 1200)] // blocks of 60
    [InlineData(4, 37)] // a prime below 64: the whole row
    public void Dequantize_AnyWidth_ErrsByHalfAStepOfItsBlock(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var matrix = randn(rows, columns);
        using var quantized = new EightBitMatrix(matrix);
        var largestStep = matrix.abs().max().item<float>() / 127;
        Assert.InRange((quantized.Dequantize() - matrix).abs().max().item<float>(), 0, largestStep * 0.501);
        Assert.InRange((quantized.Dequantize() - matrix).abs().mean().item<float>(), 0, 0.01f);
    }

    [Fact]
    public void Rows_OfATable_AreThoseOfTheWhole()
    {
        using var scope = NewDisposeScope();
        using var quantized = new EightBitMatrix(randn(10, 32));
        var ids = tensor(new long[] { 3, 3, 9, 0, 1, 2 }, [2, 3]);
        Assert.True(quantized.Rows(ids).allclose(quantized.Dequantize().index_select(0, ids.reshape(-1)).view(2, 3, 32), 0, 0));
    }

    [Fact]
    public void Dequantize_Zeros_AreZeros()
    {
        using var scope = NewDisposeScope();
        using var quantized = new EightBitMatrix(zeros(2, 16));
        Assert.Equal(0, quantized.Dequantize().abs().max().item<float>());
    }
}
