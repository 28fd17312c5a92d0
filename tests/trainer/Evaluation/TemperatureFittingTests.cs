using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Tests.Evaluation;

[Collection(MicroTask.Collection)]
public sealed class TemperatureFittingTests
{
    [Fact]
    public void Minimize_Parabola_FindsItsBottom() =>
        Assert.Equal(0.3, GoldenSection.Minimize(x => (x - 0.3) * (x - 0.3), -2, 5, 40), 1e-6);

    [Fact]
    public void Fit_HeadThatIsThreeQuartersRight_MakesItsConfidenceThreeQuarters()
    {
        using var micro = new MicroTask();
        var head = micro.Task.Heads.ToList().FindIndex(h => h.Name == "intent");
        // Two labels matter: the logit of the annotated one is 8 ahead three times of four, and 8 behind the fourth time.
        // The likeliest temperature T has 1 / (1 + e^(-8/T)) = 0.75 (the other two labels are far below).
        TrainingExample[] examples = [.. Enumerable.Repeat(micro.Examples, 50).SelectMany(all => all)];
        var logits = examples.Select((example, i) =>
        {
            var values = new float[][] { [], [], [], [] };
            for (var j = 0; j < values.Length; j++)
                values[j] =
                    new float[micro.Task.Heads[j].OutputCount * (micro.Task.Heads[j].Name == "entities" ? example.Encoded.Length : 1)];
            Array.Fill(values[head], -1000);
            var label = example.Targets[head].Label;
            values[head][label] = i % 4 == 3 ? 0 : 8;
            values[head][(label + 1) % 4] = i % 4 == 3 ? 8 : 0;
            return values;
        }).ToArray();

        var temperatures = TemperatureFitting.Fit(micro.Task, examples, logits);

        Assert.Equal(8 / Math.Log(3), temperatures["intent"], 0.1);
        Assert.Equal(1, temperatures["urgency"]);
    }

    [Fact]
    public void Fit_FewUtterancesAllRight_StaysAwayFromCertainty()
    {
        using var micro = new MicroTask();
        var head = micro.Task.Heads.ToList().FindIndex(h => h.Name == "intent");
        var logits = micro.Examples.Select(example =>
        {
            var values = new float[micro.Task.Heads.Count][];
            values[head] = new float[micro.Task.Heads[head].OutputCount];
            values[head][example.Targets[head].Label] = 5;
            return values;
        }).ToArray();

        Assert.InRange(TemperatureFitting.Fit(micro.Task.Heads[head], head, micro.Examples, logits), 0.4, 1);
    }

    [Fact]
    public void NegativeLog_UniformLogits_IsTheLogarithmOfTheLabels()
    {
        using var micro = new MicroTask();
        var logits = micro.Examples.Select(example => micro.Task.Heads.Select(head =>
            new float[head.OutputCount * (head.Name == "entities" ? example.Encoded.Length : 1)]).ToArray()).ToArray();
        var paths =
            micro.Examples.Sum(example => Math.Log(Paths(example.Encoded.TextCount)))
            / micro.Examples.Sum(example => example.Encoded.TextCount);
        for (var i = 0; i < micro.Task.Heads.Count; i++)
        {
            var expected =
                micro.Task.Heads[i].Name switch { "intent" => Math.Log(4), "topics" => Math.Log(2), "entities" => paths, _ => 0 };
            Assert.Equal(expected, HeadLikelihood.NegativeLog(micro.Task.Heads[i], i, micro.Examples, logits, 2), 1e-9);
        }
    }

    // Sequences of O, B and I of one label in which I follows B or I.
    private static long Paths(int tokens)
    {
        var (outside, begin, inside) = (1L, 1L, 0L);
        for (var i = 1; i < tokens; i++)
            (outside, begin, inside) = (outside + begin + inside, outside + begin + inside, begin + inside);
        return outside + begin + inside;
    }
}
