using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using Edge.Trainer.Training.FineTuning;
using Edge.Trainer.Training.MaskedLanguage;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Training;

[Collection(MicroTask.Collection)]
public sealed class TrainingLoopTests
{
    private static readonly LoopOptions Options = new() { LearningRate = 3e-3, BatchSize = 5, Evaluations = 4 };
    private static readonly PhaseLimit FortyEpochs = new(40, TimeSpan.MaxValue);

    [Fact]
    public void Train_TwentyUtterances_LearnsThemByHeart()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        var set = new EvaluationSet(micro.Utterances, micro.Examples);
        var result = FineTuner.Train(
            new TrainingPhase("test", model, EpochSource.Of(micro.Examples), new DevSet(set), Options, FortyEpochs), 0, micro.Context);

        var report = Evaluator.Evaluate(
            "torch", micro.Task, set, ModelLogits.Compute(model, micro.Examples, micro.Context), new Dictionary<string, float>());
        Assert.Equal(1, report.SentenceAccuracy);
        Assert.True(report.Heads.Single(head => head.Name == "urgency").Report["mae"] < 0.1);
        Assert.Equal(report.Score, result.KeptScore, 1e-9);
        Assert.Equal(["intent", "topics", "urgency", "entities"], result.Losses.Select(loss => loss.Name));
        Assert.All(result.Losses, loss => Assert.InRange(loss.Mean, 0, 1));
    }

    [Fact]
    public void Train_SameSeed_GivesTheSameWeights()
    {
        Assert.Equal(Weights(7), Weights(7));
        Assert.NotEqual(Weights(7), Weights(8));

        static float[] Weights(int seed)
        {
            using var micro = new MicroTask(seed);
            using var model = micro.CreateModel(dropout: 0.1);
            var options = Options with { WordDropout = 0.1 };
            FineTuner.Train(
                new TrainingPhase("test", model, EpochSource.Of(micro.Examples),
                    new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)), options, new PhaseLimit(3, TimeSpan.MaxValue)), 0,
                    micro.Context);
            return ModelParameters.ToWeights(model)["encoder.layer.0.output.dense.weight"].Values;
        }
    }

    [Fact]
    public void Train_TwoHundredSteps_LeaksNoTensor()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel(dropout: 0.1);
        var dev = new DevSet(new EvaluationSet(micro.Utterances, micro.Examples));
        Run(8); // creates the dropout pool

        // One tensor a step would be two hundred. Finalizers of earlier tests may run meanwhile, and take away from the count.
        Assert.InRange(Run(200), long.MinValue, 100);

        long Run(int steps)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Tensor.TotalCount;
            var options = Options with { Patience = int.MaxValue };
            FineTuner.Train(
                new TrainingPhase(
                    "test", model, EpochSource.Of(micro.Examples), dev, options, new PhaseLimit(steps / 4.0, TimeSpan.MaxValue)), 0,
                    micro.Context);
            return Tensor.TotalCount - before;
        }
    }

    [Fact]
    public void Train_TimeLimit_EndsThePhase()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        var context = micro.Context with { Time = new SteppingTime(TimeSpan.FromMilliseconds(10)) };
        var dev = new DevSet(new EvaluationSet(micro.Utterances, micro.Examples));
        var result = FineTuner.Train(
            new TrainingPhase("test", model, EpochSource.Of(micro.Examples), dev, Options, new PhaseLimit(1000, TimeSpan.FromSeconds(1))),
            0, context);

        Assert.InRange(result.Steps, 5, 100); // the clock is asked several times a step
    }

    [Fact]
    public void Train_NothingToGainAnyMore_EndsThePhase()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        // Learned by heart within thirty epochs, and the loss on what is known rises again with labels that contradict it.
        var set = new EvaluationSet(micro.Utterances, micro.Examples);
        var wrong = micro.Examples
            .Select(example =>
                example with
                {
                    Targets = [example.Targets[0] with { Label = (example.Targets[0].Label + 1) % 4 }, .. example.Targets.Skip(1)]
                }).ToArray();
        var options = Options with { Patience = 3, Evaluations = 20 };
        FineTuner.Train(
            new TrainingPhase("test", model, EpochSource.Of(micro.Examples), new DevSet(set), options, FortyEpochs), 0, micro.Context);

        var result = FineTuner.Train(
            new TrainingPhase("test", model, EpochSource.Of(wrong), new DevSet(set), options, FortyEpochs), 0, micro.Context);

        Assert.InRange(result.Epochs, 30, 39); // patience counts in the last quarter only
    }

    [Fact]
    public void Train_InBFloat16_Learns()
    {
        using var micro = new MicroTask(bfloat16: true);
        using var model = micro.CreateModel();
        var set = new EvaluationSet(micro.Utterances, micro.Examples);

        Assert.InRange(
            FineTuner.Train(
                new TrainingPhase("test", model, EpochSource.Of(micro.Examples), new DevSet(set), Options, FortyEpochs), 0,
                micro.Context).KeptScore, 0.9, 1);
    }

    [Fact]
    public void Train_Cancelled_Throws()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        using var source = new CancellationTokenSource();
        source.Cancel();
        var context = micro.Context with { Cancellation = source.Token };
        Assert.Throws<OperationCanceledException>(
            () => FineTuner.Train(
                new TrainingPhase("test", model, EpochSource.Of(micro.Examples),
                    new DevSet(new EvaluationSet(micro.Utterances, micro.Examples)), Options, FortyEpochs), 0, context));
    }

    [Fact]
    public void Pretrain_TwentyUtterances_LearnsToGuessWords()
    {
        using var micro = new MicroTask();
        using var model = micro.CreateModel();
        var options = Options with { BatchSize = 20 };
        var first = Pretrainer.Train(
            new TrainingPhase("test", model, EpochSource.Of(micro.Examples), null, options, new PhaseLimit(1, TimeSpan.MaxValue)),
            micro.Context);
        var last = Pretrainer.Train(
            new TrainingPhase("test", model, EpochSource.Of(micro.Examples), null, options, new PhaseLimit(150, TimeSpan.MaxValue)),
            micro.Context);

        Assert.True(last.Losses[0].Mean < first.Losses[0].Mean / 2, $"{first.Losses[0].Mean} -> {last.Losses[0].Mean}");
    }

    /// <summary>Each look at the clock moves it on.</summary>
    private sealed class SteppingTime(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += step.Ticks;
    }
}
