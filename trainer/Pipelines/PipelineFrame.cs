using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using Edge.Trainer.Training;
using Edge.Trainer.Training.History;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// What run, pretrain, finetune, distill and export stand on: a temporary folder, what is kept of a training that is ended, and its
/// curves. Options were validated by then: commands do it, where the problems of options and of settings are told in one message.
/// </summary>
internal sealed class PipelineFrame : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-trainer-").FullName;
    private readonly IRunDisplay _display;
    private readonly TrainingStore? _store;

    private PipelineFrame(IRunDisplay display, TrainingStore? store, TrainingHistory history) =>
        (_display, _store, History) = (display, store, history);

    /// <summary>Keeps what is trained.</summary>
    public TrainingStore Store => _store ?? throw new InvalidOperationException("Nothing is kept of this command.");

    /// <summary>Takes the curves.</summary>
    public TrainingHistory History { get; }

    /// <summary>For a command that keeps what it has trained.</summary>
    public static PipelineFrame For(RunOptions options, IRunDisplay display) =>
        For(new TrainingStore(options.TrainingFolder, TimeSpan.FromMinutes(options.CheckpointMinutes), TimeProvider.System),
            options.TensorBoard, options.Seed, display);

    /// <summary>The same.</summary>
    public static PipelineFrame For(PretrainOptions options, IRunDisplay display) =>
        For(new TrainingStore(options.TrainingFolder, TimeSpan.FromMinutes(options.CheckpointMinutes), TimeProvider.System),
            options.TensorBoard, options.Seed, display);

    /// <summary>For a command of which nothing is kept until its result stands.</summary>
    public static PipelineFrame WithoutStore(IRunDisplay display) => new(display, null, new TrainingHistory());

    /// <summary>Settings of the session that trains.</summary>
    /// <param name="seed">Seed of everything that is drawn.</param>
    /// <param name="bfloat16">What the recipe says.</param>
    /// <param name="replicas">Copies of the model that share a step; <c>null</c>: one a GPU.</param>
    public SessionSettings Session(int seed, BFloat16Use bfloat16, int? replicas = null) =>
        new(seed, TrainingSession.UsesBFloat16(bfloat16, _store)) { Store = _store, History = History, Replicas = replicas };

    /// <summary>Does the work in the folder; says what is kept where it is cancelled.</summary>
    public T Do<T>(Func<string, T> work)
    {
        try
        {
            return work(_folder);
        }
        catch (OperationCanceledException) when (_store is { Exists: true })
        {
            _display.Line($"{_store.Folder} keeps what was trained: the same command with --resume goes on from there.");
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static PipelineFrame For(TrainingStore store, string? events, int seed, IRunDisplay display) =>
        new(display, store,
            new TrainingHistory(events is null ? null : new TensorBoardLog(events)) { Seed = seed, Elapsed = () => store.Elapsed });
}
