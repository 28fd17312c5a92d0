using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Training.History;

/// <summary>What a run has done so far: the curves of its phases, and how good its teachers became.</summary>
/// <param name="log">Where curves also go as TensorBoard events; <c>null</c>: nowhere.</param>
internal sealed class TrainingHistory(TensorBoardLog? log = null)
{
    private readonly List<PhaseCurves> _phases = [];

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly Func<TimeSpan>? _elapsed;

    /// <summary>Seed of the run.</summary>
    public int Seed { get; init; }

    /// <summary>Wall time of the run so far; measured from here where the run does not say.</summary>
    public Func<TimeSpan> Elapsed
    {
        get => _elapsed ?? (() => TimeProvider.System.GetElapsedTime(_started));
        init => _elapsed = value;
    }

    /// <summary>The phases in the order in which they began.</summary>
    public IReadOnlyList<PhaseCurves> Phases => _phases;

    /// <summary>The teachers' answers, averaged, on the test split; <c>null</c> without a teacher.</summary>
    public EvaluationReport? Teacher { get; set; }

    /// <summary>
    /// What was tried so that 8-bit integers lose little, what it gave, and which heads lose more than is allowed on test; empty where
    /// there is nothing to say.
    /// </summary>
    public IList<string> Quantization { get; } = [];

    /// <summary>Largest difference of a logit between the single-precision file and the trained student, by head.</summary>
    public IReadOnlyDictionary<string, double> Parity { get; set; } = new Dictionary<string, double>();

    /// <summary>Starts the curves of a phase.</summary>
    /// <param name="name">Name of the phase.</param>
    public PhaseCurves Begin(string name)
    {
        var phase = new PhaseCurves(name, log);
        _phases.Add(phase);
        return phase;
    }
}
