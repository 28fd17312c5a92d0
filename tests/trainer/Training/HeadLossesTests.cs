using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)]
public sealed class HeadLossesTests
{
    private static readonly TaskDefinition Task = new()
    {
        Heads =
        [
            new() { Name = "urgency", Kind = HeadKind.Score, Weight = 0.001 },
            new() { Name = "intent", Kind = HeadKind.Single, Labels = ["yes", "no"], Weight = 3 },
        ],
    };

    [Fact]
    public void Compute_WeightedHeads_AddUpByTheirWeights()
    {
        using var scope = NewDisposeScope();
        var terms = Terms(smoothing: 0);

        // (sigmoid(0) - 1)² and -log softmax([1, 0])[0]
        var intent = Math.Log(1 + Math.Exp(-1));
        Assert.Equal(
            [("urgency", 0.25), ("intent", intent)], terms.Select(term => (term.Name, Math.Round(term.Value.item<float>(), 6))), SameLoss);
        Assert.Equal((0.001 * 0.25) + (3 * intent), LossTerm.Sum(terms).item<float>(), 1e-6);
    }

    [Fact]
    public void Compute_SmoothedLabel_GivesItsMassToBothLabels()
    {
        using var scope = NewDisposeScope();

        // Szegedy et al. 2016: 0.9 of the label's own loss, and 0.1 of the mean over all labels.
        var (right, wrong) = (Math.Log(1 + Math.Exp(-1)), Math.Log(1 + Math.Exp(1)));
        Assert.Equal((0.9 * right) + (0.1 * (right + wrong) / 2), Terms(smoothing: 0.1)[1].Value.item<float>(), 1e-6);
    }

    [Fact]
    public void LabelWeights_OfPresence_AreAbsentToPresentWithinTheCap()
    {
        var task = new TaskDefinition
        {
            Heads = [new() { Name = "topics", Kind = HeadKind.Multi, Labels = ["rare", "half", "never", "nearly always"] }]
        };
        using var micro = new MicroTask();
        var examples = Enumerable.Range(0, 20)
            .Select(i =>
                micro.Examples[i] with { Targets = [HeadTarget.None with { Values = [i < 1 ? 1 : 0, i < 10 ? 1 : 0, 0, i < 19 ? 1 : 0] }] })
                .ToArray();

        Assert.Equal([10f, 1f, 1f, 0.1f], LabelWeights.Of(task, examples, cap: 10)[0]!);
    }

    private static bool SameLoss((string Name, double Value) expected, (string Name, double Value) actual) =>
        expected.Name == actual.Name && Math.Abs(expected.Value - actual.Value) < 1e-5;

    private static List<LossTerm> Terms(double smoothing) => HeadLosses.Compute(
        Task, [tensor(new float[] { 0 }, [1, 1]), tensor(new float[] { 1, 0 }, [1, 2])],
        [tensor(new float[] { 1 }, [1, 1]), tensor(new long[] { 0 }, [1])], smoothing);
}
