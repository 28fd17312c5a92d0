using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)]
public sealed class AdamWKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1000)]
    public void Update_ValuesInMemory_EqualTheFormulaInDoublePrecision(int count)
    {
        var random = new Random(count);
        float[] Draw(double from) => [.. Enumerable.Range(0, count).Select(_ => (float)(from + random.NextDouble()))];
        var (weights, gradients, means, squares) = (Draw(-0.5), Draw(-0.5), Draw(-0.5), Draw(0));
        var expected = weights.Select((weight, i) =>
        {
            var mean = (0.9 * means[i]) + (0.1 * gradients[i]);
            var square = (0.98 * squares[i]) + (0.02 * gradients[i] * gradients[i]);
            return (weight * 0.999) - (0.01 * mean / ((Math.Sqrt(square) * 1.5) + 1e-8));
        }).ToArray();

        Kernel.Update(weights, gradients, means, squares);

        Assert.All(weights.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Update_Tensors_EqualValuesInMemory()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (weights, gradients, means, squares) = (rand(1001), rand(1001), rand(1001), rand(1001));
        var values = new[] { weights, gradients, means, squares }.Select(tensor => tensor.data<float>().ToArray()).ToArray();

        Kernel.Update(weights, gradients, means, squares);
        Kernel.Update(values[0], values[1], values[2], values[3]);

        foreach (var (tensor, inMemory) in new[] { weights, means, squares }.Zip(new[] { values[0], values[2], values[3] }))
            Assert.All(tensor.data<float>().ToArray().Zip(inMemory), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    private static AdamWKernel Kernel => new() { Beta1 = 0.9f, Beta2 = 0.98f, Epsilon = 1e-8f, Kept = 0.999f, Scale = 1.5f, Step = -0.01f };
}
