using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.Tests.LinearModels;

public class SettingSearchTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Choose_VariantsAndTriples_AreTakenWhereTheyHelpAndVariantsHeldOutWithTheirOriginals(bool help)
    {
        var encoder = new LinearEncoder(
            new TaskDefinition { MaxLength = 16, Heads = [new() { Name = "intent", Kind = HeadKind.Single, Labels = ["a", "b"] }] });
        LabelledUtterance[] said = [.. Enumerable.Range(0, 40).Select(i => new LabelledUtterance { Text = $"utterance {i}." })];
        LinearExample[] examples =
            [.. said.Concat(said.Select(u => u with { Text = u.Text + " please", Original = u })).Select(encoder.Encode)];

        Assert.Equal(new LinearSetting(0.3, help, Triples: help), SettingSearch.Choose(examples, Fit, (_, scores) => scores[0]));

        Func<LinearExample, float[]> Fit(Func<int, bool> rows, LinearSetting tried)
        {
            var learned = Enumerable.Range(0, examples.Length).Where(rows).ToHashSet();
            Assert.NotEmpty(learned);
            Assert.All(learned.Where(i => i >= said.Length), i => Assert.Contains(i - said.Length, learned));
            var loss = (float)Math.Abs(tried.Rate - 0.3) + (tried.Varied == help ? 0 : 1) + (tried.Triples == help ? 0 : 0.5f);
            Assert.Equal(tried.Varied, learned.Any(i => i >= said.Length));
            return example =>
            {
                var judged = Array.IndexOf(examples, example);
                Assert.InRange(judged, 0, said.Length - 1);
                Assert.DoesNotContain(judged, learned);
                return [loss];
            };
        }
    }

    [Fact]
    public void Choose_NothingToHoldOut_TrainsNothing()
    {
        Assert.Equal(new LinearSetting(0.3, Varied: false, Triples: false),
            SettingSearch.Choose([], (_, _) => throw new InvalidOperationException(), (_, _) => 0));
    }
}
