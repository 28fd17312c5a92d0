using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using Edge.Trainer.Reporting.History;
using Edge.Trainer.Training;
using Edge.Trainer.Training.Resuming;
using TorchSharp;

namespace Edge.Trainer.Running;

/// <summary>Device, seeds and context of a training, until its end.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly BertCompute _compute;

    /// <summary>Seeds everything: what is trained from here on is the same for the same seed.</summary>
    public TrainingSession(
        PreparedData data, int seed, bool bfloat16, IRunDisplay display, CancellationToken cancellation, TrainingStore? store = null, TrainingHistory? history = null)
        : this(data.Task, data.Tokenizer, seed, bfloat16, display, cancellation, store, history)
    {
    }

    /// <summary>The same without labelled data.</summary>
    public TrainingSession(
        TaskDefinition task, UtteranceTokenizer tokenizer, int seed, bool bfloat16, IRunDisplay display, CancellationToken cancellation, TrainingStore? store = null, TrainingHistory? history = null)
    {
        torch.manual_seed(seed);
        _compute = new BertCompute(bfloat16, seed);
        Context = new TrainingContext
        {
            Task = task,
            Tokenizer = tokenizer,
            Device = torch.cuda.is_available() ? torch.CUDA : torch.CPU,
            Compute = _compute,
            Random = new ResumableRandom(seed),
            Seed = seed,
            Display = display,
            Cancellation = cancellation,
            Store = store,
            History = history ?? new TrainingHistory(),
        };
    }

    /// <summary>What the phases share.</summary>
    public TrainingContext Context { get; }

    /// <summary>Whether matrix products shall run in bfloat16.</summary>
    /// <param name="wanted">What the settings say.</param>
    /// <param name="store">Keeps what was measured, so that a run goes on as it began.</param>
    public static bool UsesBFloat16(BFloat16Use wanted, TrainingStore? store) => wanted switch
    {
        BFloat16Use.On => true,
        BFloat16Use.Off => false,
        _ => torch.cuda.is_available() || (store?.Remember("bfloat16", BertCompute.BFloat16IsFaster) ?? BertCompute.BFloat16IsFaster()),
    };

    /// <inheritdoc/>
    public void Dispose() => _compute.Dispose();
}
