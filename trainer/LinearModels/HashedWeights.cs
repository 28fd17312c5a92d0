namespace Edge.Trainer.LinearModels;

/// <summary>
/// Weights of a linear model over hashed features. A feature gets a row when it is first learned. Reading is thread-safe.
/// </summary>
internal sealed class HashedWeights
{
    // More than this many numbers are not held; features then share rows.
    private const long MostCells = 1L << 27;

    private readonly int[] _places; // by hash: row + 1; 0 for a feature without one
    private readonly int _shift;
    private readonly AdaGradRows _rows;
    private int[] _learned = [];

    /// <param name="outputs">Scores of the model.</param>
    /// <param name="bits">Two to the power of this many hashes are told apart, where memory allows.</param>
    /// <param name="rate">Step of AdaGrad.</param>
    /// <param name="firstSquare">Where sums of squared gradients start.</param>
    public HashedWeights(int outputs, int bits, double rate, double firstSquare)
    {
        while (bits > 10 && (2L * outputs) << bits > MostCells)
            bits--;
        _places = new int[1 << bits];
        _shift = 64 - bits;
        _rows = new AdaGradRows(outputs, rate, firstSquare);
    }

    /// <summary>Scores of the model.</summary>
    public int Outputs => _rows.Outputs;

    /// <summary>Adds up the weights of features, times their value.</summary>
    /// <param name="features">The features.</param>
    /// <param name="value">Their value.</param>
    /// <param name="scores">[outputs], overwritten.</param>
    public void Score(ReadOnlySpan<ulong> features, float value, Span<float> scores)
    {
        scores.Clear();
        foreach (var feature in features)
            _rows.AddTo(scores, _places[feature >> _shift] - 1, value);
    }

    /// <summary>One step against a gradient.</summary>
    /// <param name="features">The features, all of the same value.</param>
    /// <param name="value">Their value.</param>
    /// <param name="gradient">Derivative of the loss by score, [outputs].</param>
    public void Descend(ReadOnlySpan<ulong> features, float value, ReadOnlySpan<float> gradient)
    {
        if (_learned.Length < features.Length)
            _learned = new int[features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            ref var place = ref _places[features[i] >> _shift];
            if (place == 0)
                place = _rows.Add() + 1;
            _learned[i] = place - 1;
        }
        _rows.Descend(_learned.AsSpan(0, features.Length), value, gradient);
    }

    /// <summary>Ends training: what only training needs is let go.</summary>
    public HashedWeights Freeze()
    {
        _rows.Freeze();
        return this;
    }
}
