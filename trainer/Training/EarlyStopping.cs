namespace Edge.Trainer.Training;

/// <summary>Decides whose weights are kept, and says when several evaluations in a row brought nothing.</summary>
/// <param name="patience">Evaluations without gain that end a phase, at least 1.</param>
internal sealed class EarlyStopping(int patience)
{
    /// <summary>
    /// Part of a phase after which scores count as they are, and evaluations without gain count at all. Before, the learning rate is high
    /// and scores go up and down: the highest of several is high by chance, and what its weights are worth on other utterances is less than
    /// what later ones are. So it has to be better by its standard error, as where a model learns its training set by heart.
    /// </summary>
    public const double Settled = 0.75;

    private double _trusted = double.NegativeInfinity;
    private double _lossOfKept = double.PositiveInfinity;
    private double _lowestLoss = double.PositiveInfinity;
    private int _withoutGain;

    /// <summary>Score of the evaluation whose weights are kept; -1 before the first.</summary>
    public double KeptScore { get; private set; } = -1;

    /// <summary>True once as many evaluations as patience allows in a row improved neither score nor loss.</summary>
    public bool ShouldStop => _withoutGain >= patience;

    /// <summary>Everything it remembers.</summary>
    public Memory Remembered
    {
        get => new(KeptScore, _trusted, _lossOfKept, _lowestLoss, _withoutGain);
        set => (KeptScore, _trusted, _lossOfKept, _lowestLoss, _withoutGain) =
            (value.KeptScore, value.Trusted, value.LossOfKept, value.LowestLoss, value.WithoutGain);
    }

    /// <summary>Takes an evaluation.</summary>
    /// <param name="score">Higher is better.</param>
    /// <param name="standardError">How far the score may be off by chance.</param>
    /// <param name="loss">Lower is better.</param>
    /// <param name="progress">Part of the phase done, 0 to 1. Before <see cref="Settled"/> patience is not tried: most of what a phase
    /// gains comes when the learning rate falls.</param>
    /// <returns>True where these weights are to be kept: the best score so far, of equal ones the lowest loss.</returns>
    public bool Improved(double score, double standardError, double loss, double progress)
    {
        var trusted = progress < Settled ? score - standardError : score;
        var better = trusted > _trusted || (trusted == _trusted && loss < _lossOfKept);
        if (better)
            (KeptScore, _trusted, _lossOfKept) = (score, trusted, loss);
        _withoutGain = better || loss < _lowestLoss || progress < Settled ? 0 : _withoutGain + 1;
        _lowestLoss = Math.Min(_lowestLoss, loss);
        return better;
    }

    /// <summary>What is remembered of the evaluations.</summary>
    /// <param name="KeptScore">Score of the kept weights.</param>
    /// <param name="Trusted">The same, less its standard error where it was early; infinitely low before the first evaluation.</param>
    /// <param name="LossOfKept">The loss of them; infinite before the first evaluation.</param>
    /// <param name="LowestLoss">Lowest loss; infinite before the first evaluation.</param>
    /// <param name="WithoutGain">Evaluations in a row without gain.</param>
    internal readonly record struct Memory(double KeptScore, double Trusted, double LossOfKept, double LowestLoss, int WithoutGain);
}
