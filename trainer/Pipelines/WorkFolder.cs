using Edge.Trainer.Progress;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>A temporary folder for a training; says what is kept of it where it is cancelled.</summary>
/// <param name="store">Keeps what is trained.</param>
/// <param name="display">Where it is said.</param>
internal sealed class WorkFolder(TrainingStore? store, IRunDisplay display) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-trainer-").FullName;

    /// <summary>Does the work in the folder.</summary>
    public T Do<T>(Func<string, T> work)
    {
        try
        {
            return work(_folder);
        }
        catch (OperationCanceledException) when (store is { Exists: true })
        {
            display.Line($"{store.Folder} keeps what was trained: the same command with --resume goes on from there.");
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
