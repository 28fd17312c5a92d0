using Edge.Trainer.Training;
using Edge.Trainer.Training.History;

namespace Edge.Trainer.Pipelines;

/// <summary>How a session trains, and what is kept of it.</summary>
/// <param name="Seed">Seed of everything that is drawn.</param>
/// <param name="BFloat16">Whether MatMuls run in bfloat16.</param>
internal sealed record SessionSettings(int Seed, bool BFloat16)
{
    /// <summary>Keeps what is trained; <c>null</c>: nothing is kept.</summary>
    public TrainingStore? Store { get; init; }

    /// <summary>Takes the curves; <c>null</c>: nobody does.</summary>
    public TrainingHistory? History { get; init; }

    /// <summary>Copies of the model that share a step; <c>null</c>: one a GPU.</summary>
    public int? Replicas { get; init; }
}
