namespace Edge.Trainer.Training;

/// <summary>Remembers the best evaluation and says when several in a row brought nothing.</summary>
/// <param name="patience">Evaluations without gain that end a phase, at least 1.</param>
internal sealed class EarlyStopping(int patience)
{
    /// <summary>Part of a phase after which evaluations without gain count.</summary>
    public const double Counts = 0.5;

    private double _lowestLoss = double.PositiveInfinity;
    private double _lossOfBest = double.PositiveInfinity;
    private int _withoutGain;

    /// <summary>Best score so far; -1 before the first evaluation.</summary>
    public double Best { get; private set; } = -1;

    /// <summary>True once as many evaluations as patience allows in a row improved neither score nor loss.</summary>
    public bool ShouldStop => _withoutGain >= patience;

    /// <summary>Everything it remembers.</summary>
    public Memory Remembered
    {
        get => new(Best, _lossOfBest, _lowestLoss, _withoutGain);
        set => (Best, _lossOfBest, _lowestLoss, _withoutGain) = (value.Best, value.LossOfBest, value.LowestLoss, value.WithoutGain);
    }

    /// <summary>Takes an evaluation.</summary>
    /// <param name="score">Higher is better.</param>
    /// <param name="loss">Lower is better.</param>
    /// <param name="progress">
    /// Part of the phase done, 0 to 1. Before <see cref="Counts"/> patience is not tried: the learning rate is high, scores go up
    /// and down, and most of what a phase gains comes when it falls.
    /// </param>
    /// <returns>True where the score is the best so far, of equal ones that with the lowest loss: keep these weights.</returns>
    public bool Improved(double score, double loss, double progress)
    {
        var better = score > Best || (score == Best && loss < _lossOfBest);
        if (better)
            (Best, _lossOfBest) = (score, loss);
        _withoutGain = better || loss < _lowestLoss || progress < Counts ? 0 : _withoutGain + 1;
        _lowestLoss = Math.Min(_lowestLoss, loss);
        return better;
    }

    /// <summary>What is remembered of the evaluations.</summary>
    /// <param name="Best">Best score.</param>
    /// <param name="LossOfBest">The loss of that; infinite before the first evaluation.</param>
    /// <param name="LowestLoss">Lowest loss; infinite before the first evaluation.</param>
    /// <param name="WithoutGain">Evaluations in a row without gain.</param>
    internal readonly record struct Memory(double Best, double LossOfBest, double LowestLoss, int WithoutGain);
}
