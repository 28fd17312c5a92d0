using Edge.Trainer.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Trainer.Tests.Evaluation;

public sealed class CoverageCurveTests
{
    [Fact]
    public void Create_HandMadeAnswers_HasTheCurveAndItsArea()
    {
        // Most confident first: right, wrong, right, right. Risks 0, 1/2, 1/3, 1/4.
        var curve = CoverageCurve.Create([(0.6f, true), (0.9f, true), (0.8f, false), (0.7f, true)]);

        Assert.Equal([(0.25, 1.0), (0.5, 0.5), (0.75, 2.0 / 3), (1.0, 0.75)],
            curve.Points.Select(point => (point.Coverage, Math.Round(point.Accuracy, 12) == 0.666666666667 ? 2.0 / 3 : point.Accuracy)));
        Assert.Equal((0 + (1.0 / 2) + (1.0 / 3) + (1.0 / 4)) / 4, curve.Area, 1e-12);
        Assert.Equal(0.25, curve.CoverageAt(0.8));
        Assert.Equal(1, curve.CoverageAt(0.7));
        Assert.Equal(0, CoverageCurve.Create([(0.5f, false)]).CoverageAt(0.9));
        Assert.Equal((0.5, 0.5), (curve.At(0.75).Coverage, curve.At(0.75).Accuracy));
        Assert.Equal((0, 1), (curve.At(0.95).Coverage, curve.At(0.95).Accuracy));
    }

    [Fact]
    public void Create_EqualConfidences_AreAcceptedTogether()
    {
        var curve = CoverageCurve.Create([(0.5f, true), (0.5f, false), (0.5f, true), (0.5f, false)]);
        Assert.Equal((1.0, 0.5), (Assert.Single(curve.Points).Coverage, curve.Points[0].Accuracy));
        Assert.Equal(0.5, curve.Area, 1e-12); // every order is as likely, so half of the first k is wrong
    }

    [Fact]
    public void Create_AnyAnswers_EndsAtTheAccuracyOfAll()
    {
        var answers = Gen.Choose(0, 20).Select(value => value / 20f)
            .SelectMany(confidence => Gen.Elements(true, false).Select(right => (confidence, right)));
        Prop.ForAll(answers.NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary(), list =>
        {
            var curve = CoverageCurve.Create(list);
            return curve.Points[^1].Coverage == 1 && Math.Abs(curve.Points[^1].Accuracy - list.Average(a => a.right ? 1.0 : 0)) < 1e-9
                && curve.Area is >= 0 and <= 1;
        }).QuickCheckThrowOnFailure();
    }
}
