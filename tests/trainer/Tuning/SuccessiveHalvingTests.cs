using Edge.Trainer.Pipelines;
using Edge.Trainer.Tuning;

namespace Edge.Trainer.Tests.Tuning;

public sealed class SuccessiveHalvingTests
{
    private static readonly Trial[] Nine = [.. Enumerable.Range(1, 9).Select(i => new Trial(i, [], new RunRecipe()))];

    [Fact]
    public void Run_NineTrials_GivesTheBestThirdThreeTimesAsMuch()
    {
        var results = SuccessiveHalving.Run(
            Nine, 3, (trial, rung) => new TrialResult(trial, rung, trial.Number / 10.0, 1, TimeSpan.Zero), () => true);
        Assert.Equal([9, 3, 1], results.GroupBy(result => result.Rung).Select(rung => rung.Count()));
        Assert.Equal([9, 8, 7], results.Where(result => result.Rung == 2).Select(result => result.Trial.Number));
        Assert.Equal(9, SuccessiveHalving.Best(results).Trial.Number);
        Assert.Equal([1.0 / 9, 1.0 / 3, 1], Enumerable.Range(1, 3).Select(rung => SuccessiveHalving.Share(rung, 3)));
        Assert.Equal(3, SuccessiveHalving.Cost(9, 3), 1e-9);
    }

    [Fact]
    public void Run_EqualScores_AreDecidedByTheLoss()
    {
        var results = SuccessiveHalving.Run(
            Nine, 2, (trial, rung) => new TrialResult(trial, rung, 0.5, trial.Number == 4 ? 0.1 : 1, TimeSpan.Zero), () => true);
        Assert.Equal(4, SuccessiveHalving.Best(results).Trial.Number);
    }

    [Fact]
    public void Run_TimeIsUp_KeepsWhatWasTried()
    {
        var left = 10;
        var results = SuccessiveHalving.Run(
            Nine, 3, (trial, rung) => new TrialResult(trial, rung, -trial.Number, 1, TimeSpan.Zero), () => left-- > 0);
        Assert.Equal(11, results.Count);
        Assert.Equal((2, 1), (SuccessiveHalving.Best(results).Rung, SuccessiveHalving.Best(results).Trial.Number));
    }

    [Fact]
    public void Draw_AnyParameter_StaysWithinItsRangeAndGivesValidSettings()
    {
        foreach (var parameter in TunedParameter.All.Values)
        {
            var drawn = Enumerable.Range(0, 100).Select(i => parameter.Draw(i / 100.0)).ToArray();
            Assert.Equal(parameter.Lowest, drawn[0], 1e-9);
            Assert.All(drawn, value => Assert.InRange(value, parameter.Lowest, parameter.Highest));
            Assert.All(drawn, value => Assert.Empty(parameter.Apply(new RunRecipe(), value).Problems()));
            Assert.NotEqual(parameter.Apply(new RunRecipe(), drawn[1]), parameter.Apply(new RunRecipe(), drawn[^1]));
        }
        Assert.Equal([16, 32, 64, 128], Enumerable.Range(0, 100).Select(i => TunedParameter.All["batch"].Draw(i / 100.0)).Distinct());
    }
}
