using System.Diagnostics;
using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// Runs steps of the training loop on made-up utterances of one intent head,
/// and tells how long each took. What <c>edge-bench train</c> compares.
/// </summary>
internal sealed class StepTimer : IDisposable
{
    private const int Vocabulary = 8_000, Labels = 20, Batches = 16;

    private readonly TrainingSession _session;
    private readonly BertTaskModel _model;
    private readonly WeightOptimizer _optimizer;
    private readonly TrainingStep _training;
    private readonly List<TrainingExample> _examples;
    private readonly int _batchSize;
    private int _step;

    /// <summary>Builds model and utterances.</summary>
    /// <param name="size">Sizes of the model.</param>
    /// <param name="batchSize">Utterances a step.</param>
    /// <param name="shortest">Fewest tokens of an utterance.</param>
    /// <param name="longest">Most tokens of an utterance.</param>
    /// <param name="dropout">Dropout of the model.</param>
    public StepTimer(ModelSize size, int batchSize, int shortest, int longest, double dropout)
    {
        string[] special = [.. VocabularyBuilder.SpecialPieces];
        string[] pieces = [.. special, .. Enumerable.Range(0, Vocabulary - special.Length).Select(i => $"w{i}")];
        var task = new TaskDefinition
        {
            MaxLength = longest,
            Heads = [new HeadDefinition
            {
                Name = "intent", Kind = HeadKind.Single, Labels = [.. Enumerable.Range(0, Labels).Select(i => $"{i}")]
            }]
        };
        _session = new TrainingSession(task, UtteranceTokenizer.Create(pieces, new TokenizerSettings(), "pieces"),
            new SessionSettings(1, BFloat16: false), new Progress.PlainDisplay(TextWriter.Null), CancellationToken.None);
        _model = new BertTaskModel(size.ToConfig(Vocabulary, longest, Pooling.Mean, dropout, 0.02), task, _session.Context.Compute).to(
            _session.Context.Device);
        _model.train();
        _optimizer = new WeightOptimizer(new LoopOptions(), _model);
        _training = new TrainingStep(
            new ModelGradients(_session.Context, batch => HeadLosses.Compute(task, _model.call(batch.Tokens).Logits, batch.Targets, 0)),
            _optimizer, 0);
        _batchSize = batchSize;
        _examples = [.. Enumerable.Range(0, batchSize * Batches).Select(i => Example(i, shortest, longest, batchSize))];
    }

    /// <summary>Runs some steps.</summary>
    /// <returns>Wall time of each, and what the processor worked for all of them, its runtime's threads included; milliseconds.</returns>
    public (double[] WallMs, double CpuMs) Run(int steps)
    {
        var times = new double[steps];
        var processor = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < steps; i++)
        {
            var started = Stopwatch.GetTimestamp();
            int[] members = [.. Enumerable.Range(_step++ % Batches * _batchSize, _batchSize)];
            using (NewDisposeScope())
            {
                var (terms, _) = _training.Take(_examples, members, 0.5);
                if (i == steps - 1)
                    terms[0].Value.item<float>(); // waits for the device
            }
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        return (times, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _session.Dispose();
    }

    // tools/bench/peers/train_step.py makes the same ones.
    private static TrainingExample Example(int index, int shortest, int longest, int batchSize)
    {
        var (batch, row) = (index / batchSize, index % batchSize);
        var length = shortest + (((row * 7) + (batch * 3)) % (longest - shortest + 1));
        int[] ids = [.. Enumerable.Range(0, length).Select(i => 5 + (((index * 31) + (i * 17)) % (Vocabulary - 5)))];
        var encoded = new EncodedUtterance
        {
            Ids = ids, TypeIds = new int[length], Offsets = [], TextStart = 1, TextCount = length - 2, Truncated = false
        };
        return new TrainingExample(encoded, [HeadTarget.None with { Label = index % Labels }]);
    }
}
