using Edge.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)]
public sealed class TrainingStepTests
{
    [Fact]
    public void Take_HundredSteps_LearnsAndLeavesNoTensor()
    {
        using var task = new MicroTask();
        using var model = task.CreateModel();
        using var optimizer = new WeightOptimizer(new LoopOptions { LearningRate = 1e-3 }, model);
        var gradients =
            new ModelGradients(task.Context, batch => HeadLosses.Compute(task.Task, model.call(batch.Tokens).Logits, batch.Targets, 0));
        var step = new TrainingStep(gradients, optimizer, 0);
        int[] members = [.. Enumerable.Range(0, task.Examples.Count)];
        var losses = new List<float>();
        var before = 0L;
        for (var i = 0; i < 100; i++)
        {
            if (i == 10)
                before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using var scope = NewDisposeScope();
            var (terms, tokens) = step.Take(task.Examples, members, 0.5);
            Assert.Equal(task.Examples.Sum(example => example.Encoded.Ids.Length), tokens);
            losses.Add(terms.Sum(term => term.Value.item<float>()));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(losses[^1] < losses[0] / 2, $"from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void Take_NothingToLearn_LeavesTheWeights()
    {
        using var task = new MicroTask();
        using var model = task.CreateModel();
        using var optimizer = new WeightOptimizer(new LoopOptions(), model);
        var step = new TrainingStep(new ModelGradients(task.Context, _ => []), optimizer, 0);

        using var scope = NewDisposeScope();
        Assert.Empty(step.Take(task.Examples, [0, 1], 0.5).Terms);

        Assert.All(optimizer.Steps, steps => Assert.Equal(0, steps));
    }
}
