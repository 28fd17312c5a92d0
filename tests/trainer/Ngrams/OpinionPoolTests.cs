using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Examples;
using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Tests.Ngrams;

public sealed class OpinionPoolTests
{
    private static readonly HeadDefinition Head = new() { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] };

    [Theory]
    [InlineData(0.5, false)] // a table that guesses
    [InlineData(0.9, true)]
    public void Gain_OfATable_IsAboveItsErrorWhereItKnowsSomething(double right, bool helps)
    {
        var random = new Random(5);
        TrainingExample[] dev = [.. Enumerable.Range(0, 400).Select(_ => Example(random.Next(2)))];
        var pool = new OpinionPool(Head, 0, dev, Logits(0.8), Logits(right));

        var alone = pool.TryShare(0);
        var both = OpinionPool.Best(Enumerable.Range(1, 9).Select(tenths => pool.TryShare(tenths / 10f)));
        var (gain, error) = OpinionPool.Gain(alone, both);

        Assert.Equal(alone.Loss - both.Loss, gain, 1e-9);
        Assert.True(error > 0);
        Assert.Equal(helps, gain > error);

        float[][][] Logits(double accuracy) =>
            [.. dev.Select(example => new[] { Answer(example.Targets[0].Label, random.NextDouble() < accuracy) })];
    }

    private static float[] Answer(int label, bool isRight) => isRight == (label == 0) ? [2, 0] : [0, 2];

    private static TrainingExample Example(int label) => new(
        new EncodedUtterance
        {
            Ids = [2, 3], TypeIds = [0, 0], Offsets = [default, default], TextStart = 1, TextCount = 0, Truncated = false
        },
        [HeadTarget.None with { Label = label }]);
}
