using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Tests.Evaluation;

public class PrecisionLossTests
{
    [Theory]
    [InlineData(0.9, 0.8998, "int8 against fp32 on test: worst head loses 0.02 points")]
    [InlineData(0.9, 0.91, "int8 against fp32 on test: worst head loses 0.00 points")]
    [InlineData(double.NaN, double.NaN, "int8 against fp32 on test: worst head loses 0.00 points")]
    public void OnTest_NoHeadBeyondWhatIsAllowed_ConfirmsWithTheWorst(double fp32, double int8, string expected)
    {
        var (worst, beyond) = PrecisionLoss.OnTest(Report(fp32, 0.7), "int8", Report(int8, 0.7));

        Assert.Equal(expected, worst);
        Assert.Empty(beyond);
    }

    [Fact]
    public void OnTest_OneHeadBeyondWhatIsAllowed_NamesPointsAndUtterances()
    {
        var (worst, beyond) = PrecisionLoss.OnTest(Report(0.9, 0.7), "int8", Report(0.8917, 0.696));

        Assert.Equal("int8 against fp32 on test: worst head loses 0.83 points", worst);
        Assert.Equal(
            "int8 on test: head intent loses 0.83 points against fp32 on 120 utterances, more than 0.50 points; that may be chance, and " +
            "dev decides, not test",
            Assert.Single(beyond));
    }

    [Fact]
    public void OnTest_NothingAnnotated_SaysSo() => Assert.Equal(
        "int8 against fp32 on test: no head to compare",
        PrecisionLoss.OnTest(new EvaluationReport("fp32", 0, [], 0), "int8", new EvaluationReport("int8", 0, [], 0)).Worst);

    private static EvaluationReport Report(double intent, double topic) =>
        new("any", 120, [("intent", Head(intent)), ("topic", Head(topic))], 0);

    private static HeadReport Head(double accuracy) => new(HeadKind.Single, 120, [("accuracy", accuracy)]);
}
