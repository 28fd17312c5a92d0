using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;
using Edge.Trainer.Training.History;
using TorchSharp;

namespace Edge.Trainer.Pipelines;

/// <summary>Device, seeds and context of a training, until its end.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly BertCompute _compute;

    /// <summary>Seeds everything: what is trained from here on is the same for the same seed.</summary>
    /// <param name="data">What is trained on.</param>
    /// <param name="settings">How, and what is kept of it.</param>
    /// <param name="display">Where progress is shown.</param>
    /// <param name="cancellation">Ends the training between two steps.</param>
    public TrainingSession(PreparedData data, SessionSettings settings, IRunDisplay display, CancellationToken cancellation)
        : this(data.Task, data.Tokenizer, settings, display, cancellation)
    {
    }

    /// <summary>The same without labelled data.</summary>
    public TrainingSession(
        TaskDefinition task, UtteranceTokenizer tokenizer, SessionSettings settings, IRunDisplay display, CancellationToken cancellation)
    {
        torch.manual_seed(settings.Seed);
        _compute = new BertCompute(settings.BFloat16, settings.Seed);
        Context = new TrainingContext
        {
            Task = task,
            Tokenizer = tokenizer,
            Device = torch.cuda.is_available() ? torch.CUDA : torch.CPU,
            ReplicaDevices = Replicas(settings.Replicas),
            Compute = _compute,
            Random = new ResumableRandom(settings.Seed),
            Seed = settings.Seed,
            Display = display,
            Cancellation = cancellation,
            Store = settings.Store,
            History = settings.History ?? new TrainingHistory(),
        };
    }

    /// <summary>What the phases share.</summary>
    public TrainingContext Context { get; }

    /// <summary>Whether MatMuls shall run in bfloat16.</summary>
    /// <param name="wanted">What the settings say.</param>
    /// <param name="store">Keeps what was measured, so that a run goes on as it began.</param>
    public static bool UsesBFloat16(BFloat16Use wanted, TrainingStore? store) => wanted switch
    {
        BFloat16Use.On => true,
        BFloat16Use.Off => false,
        _ => torch.cuda.is_available() || (store?.Remember("bfloat16", BertCompute.BFloat16IsFaster) ?? BertCompute.BFloat16IsFaster()),
    };

    // Every GPU beside the first, unless it is said how many; on processors only what is said.
    private static torch.Device[] Replicas(int? wanted)
    {
        var gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return [.. Enumerable.Range(1, Math.Max(0, (wanted ?? gpus) - 1)).Select(i => gpus > 0 ? torch.device($"cuda:{i}") : torch.CPU)];
    }

    /// <inheritdoc/>
    public void Dispose() => _compute.Dispose();
}
