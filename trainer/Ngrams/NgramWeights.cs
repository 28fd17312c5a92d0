namespace Edge.Trainer.Ngrams;

/// <summary>Scores of n-grams for one head while they are learned, by AdaGrad (Duchi et al. 2011).</summary>
/// <param name="outputs">Outputs of the head.</param>
/// <param name="ngrams">Number of n-grams.</param>
/// <param name="rate">Step.</param>
/// <param name="firstSquare">Where the sums of squared gradients start.</param>
internal sealed class NgramWeights(int outputs, int ngrams, double rate, double firstSquare)
{
    private const float Negligible = 1e-4f; // gradients below are left out

    private readonly float _rate = (float)rate;
    private readonly float _firstSquare = (float)firstSquare;
    private float[] _values = new float[ngrams * outputs];
    private float[] _squares = new float[ngrams * outputs];

    /// <summary>Scores of an n-gram.</summary>
    public ReadOnlySpan<float> this[int ngram] => _values.AsSpan(ngram * outputs, outputs);

    /// <summary>Adds the scores of some n-grams, times a value.</summary>
    public void AddTo(Span<float> scores, ReadOnlySpan<int> ngrams, float value)
    {
        foreach (var ngram in ngrams)
        {
            if (ngram == NgramVocabulary.None)
                continue;
            var row = _values.AsSpan(ngram * outputs, outputs);
            for (var i = 0; i < row.Length; i++)
                scores[i] += value * row[i];
        }
    }

    /// <summary>One step against the gradient of the scores.</summary>
    public void Descend(ReadOnlySpan<float> gradient, ReadOnlySpan<int> ngrams, float value)
    {
        for (var i = 0; i < gradient.Length; i++)
        {
            var slope = gradient[i] * value;
            if (Math.Abs(slope) < Negligible)
                continue;
            foreach (var ngram in ngrams)
            {
                if (ngram == NgramVocabulary.None)
                    continue;
                ref var square = ref _squares[(ngram * outputs) + i];
                square += slope * slope;
                _values[(ngram * outputs) + i] -= _rate * slope / MathF.Sqrt(_firstSquare + square);
            }
        }
    }

    /// <summary>Keeps some n-grams, in this order.</summary>
    public void Keep(IReadOnlyList<int> ngrams)
    {
        _values = Rows(_values);
        _squares = Rows(_squares);

        float[] Rows(float[] all)
        {
            var kept = new float[ngrams.Count * outputs];
            for (var i = 0; i < ngrams.Count; i++)
                all.AsSpan(ngrams[i] * outputs, outputs).CopyTo(kept.AsSpan(i * outputs));
            return kept;
        }
    }
}
