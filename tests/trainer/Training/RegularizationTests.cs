using Edge.Trainer.Evaluation;
using Edge.Trainer.Running;
using Edge.Trainer.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)]
public sealed class RegularizationTests
{
    private static readonly LoopOptions Options = new() { LearningRate = 3e-3, BatchSize = 5, Evaluations = 4 };

    [Fact]
    public void Update_ManySteps_FollowsTheWeights()
    {
        using var linear = nn.Linear(1, 1);
        using var average = new WeightAverage(linear, 0.5);
        using var scope = NewDisposeScope();
        Set(linear, 8);
        average.Update(0); // keeps (1 + 0) / (10 + 0) = 0.1 of what was
        Set(linear, 0);
        var first = average.Values[0].item<float>();
        average.Update(100); // keeps a half
        Assert.Equal(first / 2, average.Values[0].item<float>(), 1e-6f);

        average.Swap();
        Assert.Equal(first / 2, linear.weight!.item<float>(), 1e-6f);
        Assert.Equal(0, average.Values[0].item<float>());
        average.Swap();
        Assert.Equal(0, linear.weight!.item<float>());
    }

    [Fact]
    public void Train_WithAverage_IsNoWorseOnDevThanWhatItKeeps()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel(dropout: 0.1);
        var set = new EvaluationSet(micro.Utterances, micro.Examples);
        var result = FineTuner.Train(
            "test", model, EpochSource.Of(micro.Examples), new DevSet(set), 0, Options with { WeightAverage = 0.9 }, new PhaseLimit(20, TimeSpan.MaxValue), micro.Context);

        // What is in the model at the end is what was evaluated best, be it the weights or their average.
        var score = new DevSet(set).Evaluate(model, micro.Context).Score;
        Assert.Equal(result.KeptScore, score, 1e-9);
        Assert.True(score > 0.8, $"{score}");
    }

    [Fact]
    public void Losses_TwoPasses_AddADistanceOfEveryHeadThatFalls()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel(dropout: 0.3);
        model.train();
        using var optimizer = new WeightOptimizer(new LoopOptions { LearningRate = 3e-3, WarmUp = 0 }, [model]);
        var first = Step(out var names);
        Assert.Equal(["intent", "topics", "urgency", "entities", "intent r-drop", "topics r-drop", "urgency r-drop", "entities r-drop"], names);
        Assert.True(first > 0);
        var best = first;
        for (var i = 0; i < 30; i++)
            best = Math.Min(best, Step(out _));
        Assert.True(best < first, $"{first} to {best}");

        float Step(out string[] termNames)
        {
            using var scope = NewDisposeScope();
            var batch = TrainingBatch.Create(micro.Examples, [0, 6, 12, 19], 0, micro.Context);
            var terms = Terms(batch, 10);
            LossTerm.Sum(terms).backward();
            optimizer.Step(0.1);
            termNames = [.. terms.Select(term => term.Name)];
            return terms.Skip(4).Sum(term => term.Value.item<float>());
        }

        IReadOnlyList<LossTerm> Terms(TrainingBatch batch, double weight) => RegularizedDropout.Losses(weight, micro.Task, batch.Tokens.Mask, () =>
        {
            var logits = model.call(batch.Tokens).Logits;
            return (logits, HeadLosses.Compute(micro.Task, logits, batch.Targets, 0));
        });
    }

    [Fact]
    public void Losses_WithoutDropoutOrWeight_AddNothing()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        using var scope = NewDisposeScope();
        var batch = TrainingBatch.Create(micro.Examples, [0, 6], 0, micro.Context);
        var passes = 0;
        var once = RegularizedDropout.Losses(0, micro.Task, null, Pass);
        Assert.Equal((1, 4), (passes, once.Count));
        var twice = RegularizedDropout.Losses(1, micro.Task, null, Pass);
        Assert.All(twice.Skip(4), term => Assert.Equal(0, term.Value.item<float>(), 1e-6f));
        Assert.All(once.Zip(twice), pair => Assert.Equal(pair.First.Value.item<float>(), pair.Second.Value.item<float>(), 1e-5f));

        (IReadOnlyList<Tensor>, IReadOnlyList<LossTerm>) Pass()
        {
            passes++;
            var logits = model.call(batch.Tokens).Logits;
            return (logits, HeadLosses.Compute(micro.Task, logits, batch.Targets, 0));
        }
    }

    [Fact]
    public void Problems_RDropInPretraining_IsSaid() =>
        Assert.Contains(
            new RunRecipe { Pretraining = new LoopOptions { RDrop = 1, WeightAverage = 1 } }.Problems(),
            problem => problem.StartsWith("pretraining.rDrop is 1; use 0", StringComparison.Ordinal));

    private static void Set(Linear linear, float value)
    {
        using var noGrad = no_grad();
        linear.weight!.fill_(value);
    }
}
