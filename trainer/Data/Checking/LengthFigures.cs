namespace Edge.Trainer.Data.Checking;

/// <summary>How long the utterances of a split are, in tokens as <see cref="LengthEstimate"/> counts them, context and special tokens included.</summary>
/// <param name="Median">Half are not longer.</param>
/// <param name="P90">Nine in ten are not longer.</param>
/// <param name="P99">99 in a hundred are not longer.</param>
/// <param name="Longest">The longest.</param>
/// <param name="Cut">Share that is longer than the task's longest input: a part of them is not seen.</param>
internal sealed record LengthFigures(int Median, int P90, int P99, int Longest, double Cut)
{
    /// <summary>Measures utterances.</summary>
    public static LengthFigures Of(IReadOnlyList<LabelledUtterance> utterances, int maxLength)
    {
        if (utterances.Count == 0) return new LengthFigures(0, 0, 0, 0, 0);
        var lengths = utterances.Select(LengthEstimate.Of).Order().ToArray();
        return new LengthFigures(At(0.5), At(0.9), At(0.99), lengths[^1], (double)lengths.Count(length => length > maxLength) / lengths.Length);

        int At(double share) => lengths[Math.Min(lengths.Length - 1, (int)Math.Ceiling(share * lengths.Length) - 1)];
    }
}
