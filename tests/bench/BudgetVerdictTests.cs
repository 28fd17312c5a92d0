using Edge.Bench.Common;
using Edge.Bench.Statistics;

namespace Edge.Bench.Tests;

public sealed class BudgetVerdictTests
{
    [Theory]
    [InlineData(4.0, 3.5, 4.8, true, true, "Within the budget: 99 of 100 callers wait at most 4.00 ms (95 %: 3.50 to 4.80) of 5 ms.")]
    [InlineData(4.0, 3.5, 5.2, true, false,
        "Within the budget: 99 of 100 callers wait at most 4.00 ms (95 %: 3.50 to 5.20) of 5 ms. 375 requests cannot tell yet: run " +
        "longer with --seconds 80.")]
    [InlineData(4.0, 3.5, null, true, false,
        "Within the budget: 99 of 100 callers wait at most 4.00 ms (95 %: 3.50 or more) of 5 ms. 375 requests cannot tell yet: run " +
        "longer with --seconds 80.")]
    [InlineData(5.5, 4.9, 6.0, false, false,
        "Over the budget: one of 100 callers waits longer than 5.50 ms (95 %: 4.90 to 6.00); the budget is 5 ms. 'edge-bench " +
        "doctor' says what would make this box faster. 375 requests cannot tell yet: run longer with --seconds 80.")]
    [InlineData(5.5, 5.1, null, false, true,
        "Over the budget: one of 100 callers waits longer than 5.50 ms (95 %: 5.10 or more); the budget is 5 ms. 'edge-bench " +
        "doctor' says what would make this box faster.")]
    public void Sentence_OfAPercentileAndItsInterval_SaysTheVerdictAndHowSureItIs(
        double p99, double low, double? high, bool isWithin, bool isSure, string sentence)
    {
        var verdict = Verdict(p99, low, high, seconds: 20);

        Assert.Equal((isWithin, isSure, sentence), (verdict.IsWithin, verdict.IsSure, verdict.Sentence()));
    }

    [Theory]
    [InlineData(1, 18, 21)] // as many as an interval needs
    [InlineData(10, 200, 40)]
    [InlineData(20, 375, 80)]
    [InlineData(3000, 375, 3600)]
    public void Sentence_NotSure_NamesSecondsThatTheOptionTakes(int seconds, int count, int expected) =>
        Assert.EndsWith($"{count} requests cannot tell yet: run longer with --seconds {expected}.",
            Verdict(4, 3, 6, seconds, count).Sentence(), StringComparison.Ordinal);

    [Theory]
    [InlineData(4, "Within the budget at 20 utterances a second: 99 of 100")]
    [InlineData(6, "Over the budget at 20 utterances a second: one of 100")]
    public void Sentence_OfALoad_NamesIt(double p99, string expected) =>
        Assert.StartsWith(expected, Verdict(p99, 3, 7, seconds: 20).Sentence(" at 20 utterances a second"), StringComparison.Ordinal);

    private static BudgetVerdict Verdict(double p99, double low, double? high, int seconds, int count = 375) =>
        new(new Percentiles(count, 1, 2, p99, p99, p99), new PercentileInterval(low, high), 5, TimeSpan.FromSeconds(seconds));
}
