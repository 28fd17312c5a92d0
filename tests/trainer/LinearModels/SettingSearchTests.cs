using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.Tests.LinearModels;

public class SettingSearchTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Choose_Variants_AreHeldOutWithTheirOriginalsAndTakenWhereTheyHelp(bool help)
    {
        var encoder = new LinearEncoder(new TaskDefinition { MaxLength = 16, Heads = [new() { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] }] });
        LabelledUtterance[] said = [.. Enumerable.Range(0, 40).Select(i => new LabelledUtterance { Text = $"utterance {i}." })];
        LinearExample[] examples = [.. said.Concat(said.Select(u => u with { Text = u.Text + " please", Original = u })).Select(encoder.Encode)];

        var (rate, varied) = SettingSearch.Choose(null, examples, Fit, (_, scores) => scores[0]);

        Assert.Equal(0.3, rate);
        Assert.Equal(help, varied);

        Func<FeatureSet, float[]> Fit(Func<int, bool> rows, double tried)
        {
            var learned = Enumerable.Range(0, examples.Length).Where(rows).ToHashSet();
            Assert.NotEmpty(learned);
            Assert.All(learned.Where(i => i >= said.Length), i => Assert.Contains(i - said.Length, learned));
            var loss = (float)Math.Abs(tried - 0.3) + (learned.Count > said.Length == help ? 0 : 1);
            return features =>
            {
                var judged = Array.FindIndex(examples, example => example.Features == features);
                Assert.InRange(judged, 0, said.Length - 1);
                Assert.DoesNotContain(judged, learned);
                return [loss];
            };
        }
    }

    [Fact]
    public void Choose_StepGivenWithoutVariants_TrainsNothing()
    {
        var (rate, varied) = SettingSearch.Choose(0.7, [], (_, _) => throw new InvalidOperationException(), (_, _) => 0);

        Assert.Equal((0.7, false), (rate, varied));
    }
}
