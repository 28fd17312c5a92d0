using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class SeparationTests
{
    [Fact]
    public void Auroc_IsTheShareOfPairsInOrder_EqualOnesCountHalf()
    {
        // out: 3, 1; in: 2, 1, 0. Pairs: 3 beats all; 1 beats 0 and equals 1.
        var separation = new Separation([3, 1, 2, 1, 0], [true, true, false, false, false]);

        Assert.Equal((3 + 1.5) / 6, separation.Auroc, 1e-12);
    }

    [Fact]
    public void RecallAt95_RefusesOneInTwentyOfThoseInScope()
    {
        double[] inside = [.. Enumerable.Range(0, 20)]; // the highest may be refused, the next may not
        double[] outside = [30, 19.5, 18.5, 18, 17];
        var separation = new Separation([.. inside, .. outside], [.. inside.Select(_ => false), .. outside.Select(_ => true)]);

        Assert.Equal(3.0 / 5, separation.RecallAt95, 1e-12);
    }

    [Fact]
    public void Figures_OfASample_AreThoseOfItsUtterances()
    {
        var separation = new Separation([3, 1, 2, 1, 0], [true, true, false, false, false]);
        var sample = new Separation([3, 3, 2, 0], [true, true, false, false]);

        Assert.Equal(sample.Figures([]), separation.Figures([2, 0, 1, 0, 1]));
        Assert.True(double.IsNaN(separation.Figures([1, 1, 0, 0, 0]).Auroc));
    }
}
