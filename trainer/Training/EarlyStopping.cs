namespace Edge.Trainer.Training;

/// <summary>Remembers the best evaluation and says when several in a row brought nothing.</summary>
/// <param name="patience">Evaluations without gain that end a phase, at least 1.</param>
internal sealed class EarlyStopping(int patience)
{
    private double _lowestLoss = double.PositiveInfinity;
    private int _withoutGain;

    /// <summary>Best score so far; -1 before the first evaluation.</summary>
    public double Best { get; private set; } = -1;

    /// <summary>True once as many evaluations as patience allows in a row improved neither score nor loss.</summary>
    public bool ShouldStop => _withoutGain >= patience;

    /// <summary>Everything it remembers.</summary>
    public Memory Remembered
    {
        get => new(Best, _lowestLoss, _withoutGain);
        set => (Best, _lowestLoss, _withoutGain) = (value.Best, value.LowestLoss, value.WithoutGain);
    }

    /// <summary>Takes an evaluation.</summary>
    /// <returns>True where the score is the best so far: keep these weights.</returns>
    public bool Improved(double score, double loss)
    {
        var better = score > Best;
        _withoutGain = better || loss < _lowestLoss ? 0 : _withoutGain + 1;
        Best = Math.Max(Best, score);
        _lowestLoss = Math.Min(_lowestLoss, loss);
        return better;
    }

    /// <summary>What is remembered of the evaluations.</summary>
    /// <param name="Best">Best score.</param>
    /// <param name="LowestLoss">Lowest loss; infinite before the first evaluation.</param>
    /// <param name="WithoutGain">Evaluations in a row without gain.</param>
    internal readonly record struct Memory(double Best, double LowestLoss, int WithoutGain);
}
