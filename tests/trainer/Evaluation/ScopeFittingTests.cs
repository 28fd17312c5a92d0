using Edge.Bundles;
using Edge.Trainer.Common;
using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class ScopeFittingTests
{
    [Fact]
    public void Fit_Threshold_AcceptsNineteenInTwentyOfThoseInScope()
    {
        var inScope = Utterances(1000, energy: -10, norm: 13, seed: 1);

        var entry = ScopeFitting.Fit(inScope, Utterances(100, energy: -8, norm: 12, seed: 2), areReal: false, out var line)!;

        Assert.Equal(0.95, Accepted(entry, inScope), 0.005);
        Assert.True(Accepted(entry, Utterances(1000, energy: -6, norm: 11, seed: 3)) < 0.05);
        Assert.Contains("energy and norm, fitted on 1000 dev utterances", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_NormThatSaysNothing_IsLeftOut()
    {
        var entry = ScopeFitting.Fit(
            Utterances(1000, -10, 13, seed: 1), Utterances(500, energy: -8, norm: 13, seed: 2), areReal: true, out _)!;

        Assert.NotNull(entry.Energy);
        Assert.Null(entry.Norm);
    }

    [Fact]
    public void Fit_FewUtterances_NeverCallsOneSurelyForeign()
    {
        var entry = ScopeFitting.Fit(Utterances(9, -10, 13, seed: 1), Utterances(9, -8, 12, seed: 2), areReal: false, out _)!;

        Assert.Equal(0.9, entry.ScoreOf(1e6), 1e-6);
        Assert.Equal(1, Accepted(entry, Utterances(100, energy: 0, norm: 1, seed: 3)));
    }

    [Fact]
    public void Fit_NothingThatDiffers_GivesNoScore()
    {
        ScopeMeasures[] same = [new(1, -10, 13), new(1, -10, 13)];

        Assert.Null(ScopeFitting.Fit(same, same, areReal: false, out var line));
        Assert.Contains("no score", line, StringComparison.Ordinal);
    }

    private static double Accepted(OutOfScopeEntry entry, IReadOnlyList<ScopeMeasures> utterances) =>
        utterances.Average(utterance => entry.ScoreOf(utterance.SumBy(entry)) < entry.Threshold ? 1.0 : 0);

    private static ScopeMeasures[] Utterances(int count, double energy, double norm, int seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new ScopeMeasures(0.9f, energy + Noise(), norm + (Noise() / 2)))];

        double Noise() => Enumerable.Range(0, 12).Sum(_ => random.Next(1000) / 1000.0) - 6; // nearly normal
    }
}
