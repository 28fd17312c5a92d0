using System.Text.Json;
using System.Text.Json.Serialization;
using Edge.Trainer.Training.History;
using Edge.Trainer.Training.Resuming;

namespace Edge.Trainer.Training;

/// <summary>Everything of a phase that is no tensor: where it stands and how it goes on.</summary>
internal sealed record PhaseHeader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, // no evaluation yet: the lowest loss is infinite
        IncludeFields = true, // losses are tuples
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Name of the phase.</summary>
    public required string Phase { get; init; }

    /// <summary>What the phase did, where it is over; only its trained weights follow then.</summary>
    public PhaseResult? Result { get; init; }

    /// <summary>Epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches of the epoch that are done.</summary>
    public required int Batch { get; init; }

    /// <summary>Evaluations that were due so far.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Steps, tokens and time.</summary>
    public required PhaseClock.Reading Clock { get; init; }

    /// <summary>Best score and evaluations without gain.</summary>
    public required EarlyStopping.Memory Stopping { get; init; }

    /// <summary>Running means of the losses.</summary>
    public required LossMeter.Means Losses { get; init; }

    /// <summary>Whether a copy of the best weights follows.</summary>
    public required bool HasBest { get; init; }

    /// <summary>Steps that the optimizer counts for each parameter.</summary>
    public required long[] OptimizerSteps { get; init; }

    /// <summary>Source of the epoch's order, before it was drawn.</summary>
    public required ulong[] EpochRandom { get; init; }

    /// <summary>Source of order and noise.</summary>
    public required ulong[] Random { get; init; }

    /// <summary>Source of dropout windows.</summary>
    public required ulong[] ComputeRandom { get; init; }

    /// <summary>libtorch's generator.</summary>
    public required byte[] TorchRandom { get; init; }

    /// <summary>Name and shape of each trained parameter, in the order in which they follow.</summary>
    public required string[] Parameters { get; init; }

    /// <summary>Wall time of the run until then, all its processes together.</summary>
    public required TimeSpan RunElapsed { get; init; }

    /// <summary>Losses and scores so far, for the report.</summary>
    public PhaseRecord? Curves { get; init; }

    /// <summary>Reads a header.</summary>
    public static PhaseHeader Read(StateReader reader) => JsonSerializer.Deserialize<PhaseHeader>(reader.Header, Json)!;

    /// <summary>The header as UTF-8 JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
