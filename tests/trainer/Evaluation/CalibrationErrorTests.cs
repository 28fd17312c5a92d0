using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void Compute_HandMadeAnswers_IsTheWeightedGap()
    {
        // Bin (0.8667, 0.9333]: confidences 0.9 and 0.9, one right: gap |1.8 - 1| = 0.8. Bin (0.9333, 1]: 1.0, right: gap 0.
        // Bin (0.2667, 0.3333]: 0.3, wrong: gap 0.3. Over 4 answers: 1.1 / 4.
        (float, bool)[] answers = [(0.9f, true), (0.9f, false), (1f, true), (0.3f, false)];
        Assert.Equal(1.1 / 4, CalibrationError.Compute(answers), 1e-6);
    }

    [Fact]
    public void Compute_NoAnswers_IsZero() => Assert.Equal(0, CalibrationError.Compute([]));

    [Fact]
    public void Compute_ConfidenceOnABinsEdge_BelongsToTheBinBelow()
    {
        // 1/15 and just above it lie in different bins, so the right and the wrong answer do not cancel.
        (float, bool)[] answers = [(1f / 15, true), (0.07f, false)];
        Assert.Equal(((1 - (1.0 / 15)) + 0.07) / 2, CalibrationError.Compute(answers), 1e-6);
    }

    [Fact]
    public void ByChance_HonestConfidences_IsWhatTheirSpreadGives()
    {
        // 400 answers of 0.5 in one bin: the share that is right is off by √(0.25 / 400) · √(2 / π) on average.
        (float, bool)[] even = [.. Enumerable.Repeat((0.5f, true), 400)];
        Assert.Equal(Math.Sqrt(0.25 / 400 * 2 / Math.PI), CalibrationError.ByChance(even), 0.004);
        Assert.Equal(CalibrationError.ByChance(even), CalibrationError.ByChance(even));

        (float, bool)[] certain = [.. Enumerable.Repeat((1f, false), 400)];
        Assert.Equal(0, CalibrationError.ByChance(certain));
        Assert.Equal(0, CalibrationError.ByChance([]));
    }
}
