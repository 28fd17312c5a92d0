using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Common;
using Edge.Trainer.Model;
using Edge.Trainer.Progress;
using Edge.Trainer.Training.History;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>What every phase of a run shares.</summary>
internal sealed record TrainingContext
{
    /// <summary>Heads.</summary>
    public required TaskDefinition Task { get; init; }

    /// <summary>The vocabulary's special ids.</summary>
    public required UtteranceTokenizer Tokenizer { get; init; }

    /// <summary>Where tensors live.</summary>
    public required Device Device { get; init; }

    /// <summary>Devices of further copies of the model that share each step of learning from labels; none: it works alone.</summary>
    public IReadOnlyList<Device> ReplicaDevices { get; init; } = [];

    /// <summary>How models compute.</summary>
    public required BertCompute Compute { get; init; }

    /// <summary>Source of order and noise; libtorch's generator is seeded apart, by the caller.</summary>
    public required ResumableRandom Random { get; init; }

    /// <summary>Seed of the run, for draws that are the same in every epoch of that number.</summary>
    public int Seed { get; init; }

    /// <summary>Where progress is shown.</summary>
    public required IRunDisplay Display { get; init; }

    /// <summary>Takes the curves of the phases.</summary>
    public TrainingHistory History { get; init; } = new();

    /// <summary>Ends the run between two steps.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Keeps what is trained, so that another process can go on; <c>null</c>: nothing is kept.</summary>
    public TrainingStore? Store { get; init; }

    /// <summary>Measures the phases.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
