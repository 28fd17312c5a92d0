using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Model;

[Collection(MicroTask.Collection)]
public sealed class RelativePositionsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(16, 5)]
    public void Forward_AnyLength_LooksUpTheDistanceCutAtTheReach(int reach, int tokens)
    {
        const int heads = 3;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var positions = new RelativePositions(reach, heads);
        var weight = positions.parameters().Single();
        weight.copy_(randn(weight.shape));

        var scores = positions.call(tokens);

        Assert.Equal([heads, tokens, tokens], scores.shape);
        for (var head = 0; head < heads; head++)
            for (var row = 0; row < tokens; row++)
                for (var column = 0; column < tokens; column++)
                    Assert.Equal(weight[reach + Math.Clamp(column - row, -reach, reach), head].item<float>(),
                        scores[head, row, column].item<float>());
    }

    [Fact]
    public void Forward_Gradient_SumsOverThePairsOfADistance()
    {
        using var scope = NewDisposeScope();
        using var positions = new RelativePositions(2, 1);

        positions.call(4).sum().backward();

        // 4 tokens: 3 pairs at distance 2 and more, 3 at 1, 4 at 0.
        Assert.Equal([3f, 3, 4, 3, 3], positions.parameters().Single().grad!.data<float>().ToArray());
    }

    [Theory]
    [InlineData(0, 4, 16, new[] { -1, 1, -2, 2 })]
    [InlineData(1, 4, 16, new[] { -1, 1 })]
    [InlineData(0, 12, 16, new[] { -1, 1, -2, 2, -3, 3 })]
    [InlineData(0, 12, 1, new[] { -1, 1 })]
    [InlineData(1, 1, 16, new int[0])]
    public void Start_HeadsOfALayer_LookAtNeighboursFirst(int layer, int heads, int reach, int[] expected)
    {
        using var scope = NewDisposeScope();
        var weight = randn(RelativePositions.Distances(reach), heads);

        RelativePositions.Start(weight, layer);

        var preferred = Enumerable.Range(0, heads).Select(head => weight.select(1, head)).Where(column => column.max().item<float>() > 0)
            .Select(column => (int)column.argmax().item<long>() - reach);
        Assert.Equal(expected, preferred);
        Assert.Equal(expected.Length, weight.ne(0).sum().item<long>());
    }
}
