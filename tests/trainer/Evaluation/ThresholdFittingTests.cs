using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class ThresholdFittingTests
{
    private static readonly (float, bool)[] Answers = [(0.9f, true), (0.8f, true), (0.7f, false), (0.6f, true), (0.5f, false)];

    [Theory]
    [InlineData(1.0, 0.8f)] // the two surest are right
    [InlineData(0.75, 0.6f)] // 3 of 4
    [InlineData(0.6, 0f)] // 3 of 5: everything is accepted
    public void Fit_Target_GivesTheLowestThresholdThatReachesIt(double target, float expected) =>
        Assert.Equal(expected, ThresholdFitting.Fit(Answers, target));

    [Fact]
    public void Fit_EqualConfidences_AreAcceptedTogether() =>
        Assert.Equal(0.9f, ThresholdFitting.Fit([(0.9f, true), (0.8f, true), (0.8f, false)], 0.9));

    [Fact]
    public void Fit_SurestAnswerWrong_AcceptsOnlyTheHighestConfidence() =>
        Assert.Equal(0.9f, ThresholdFitting.Fit([(0.9f, false), (0.8f, false)], 0.9));

    [Fact]
    public void Fit_NoAnswers_AcceptsEverything() => Assert.Equal(0f, ThresholdFitting.Fit([], 0.9));
}
