using Edge.Trainer.Evaluation;

namespace Edge.Trainer.Reporting.History;

/// <summary>What a run has done so far: the curves of its phases, and how good its teachers became.</summary>
/// <param name="log">Where curves also go as TensorBoard events; <c>null</c>: nowhere.</param>
internal sealed class TrainingHistory(TensorBoardLog? log = null)
{
    private readonly List<PhaseCurves> _phases = [];

    /// <summary>The phases in the order in which they began.</summary>
    public IReadOnlyList<PhaseCurves> Phases => _phases;

    /// <summary>The teachers' answers, averaged, on the test split; <c>null</c> without a teacher.</summary>
    public EvaluationReport? Teacher { get; set; }

    /// <summary>Starts the curves of a phase.</summary>
    /// <param name="name">Name of the phase.</param>
    public PhaseCurves Begin(string name)
    {
        var phase = new PhaseCurves(name, log);
        _phases.Add(phase);
        return phase;
    }
}
