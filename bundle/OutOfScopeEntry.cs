namespace Edge.Bundles;

/// <summary>
/// How a precision tells that an utterance belongs to no label of the scope's head (<see cref="Tasks.OutOfScope"/>). Two things are
/// measured: the energy of the head's logits (Liu et al. 2020) and the norm of the pooled vector; what callers usually say has a low one
/// and a large one. Each is taken in standard deviations from its mean on the dev utterances in scope; the sum, by how many of these
/// utterances have a lower one, is the score.
/// </summary>
public sealed record OutOfScopeEntry
{
    /// <summary>Energy; <c>null</c>: not used.</summary>
    public OutOfScopePart? Energy { get; init; }

    /// <summary>Norm of the pooled vector; <c>null</c>: not used.</summary>
    public OutOfScopePart? Norm { get; init; }

    /// <summary>Sums, ascending, to which <see cref="Shares"/> belong.</summary>
    public required IReadOnlyList<float> Sums { get; init; }

    /// <summary>Share of the dev utterances in scope whose sum is lower, 0 to 1, ascending.</summary>
    public required IReadOnlyList<float> Shares { get; init; }

    /// <summary>Score, 0 to 1, from which an answer of the head is not accepted.</summary>
    public required float Threshold { get; init; }

    /// <summary>The sum: the higher, the less does the utterance look like what the head knows.</summary>
    /// <param name="energy"><see cref="Decoding.OutOfScopeMeasures.Energy"/> of the head's logits.</param>
    /// <param name="norm"><see cref="Decoding.OutOfScopeMeasures.Norm"/> of the pooled vector.</param>
    public double Sum(double energy, double norm) => (Energy?.Standardize(energy) ?? 0) - (Norm?.Standardize(norm) ?? 0);

    /// <summary>The score, 0 to 1: between two of <see cref="Sums"/> in proportion.</summary>
    public float ScoreOf(double sum)
    {
        var (low, high) = (0, Sums.Count - 1);
        if (sum <= Sums[0])
            return Shares[0];
        if (sum >= Sums[high])
            return Shares[high];
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = sum < Sums[middle] ? (low, middle) : (middle, high);
        }
        return (float)(Shares[low] + ((sum - Sums[low]) / (Sums[high] - Sums[low]) * (Shares[high] - Shares[low])));
    }
}
