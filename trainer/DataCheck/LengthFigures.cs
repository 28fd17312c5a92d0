using System.Globalization;
using Edge.Trainer.Data;

namespace Edge.Trainer.DataCheck;

/// <summary>
/// How long the utterances of a split are, in tokens as <see cref="LengthEstimate"/> counts them, context and special tokens included.
/// </summary>
/// <param name="Median">Half are not longer.</param>
/// <param name="P90">Nine in ten are not longer.</param>
/// <param name="P99">99 in a hundred are not longer.</param>
/// <param name="Longest">The longest.</param>
/// <param name="Cut">Share that is longer than the task's longest input: a part of them is not seen.</param>
internal sealed record LengthFigures(int Median, int P90, int P99, int Longest, double Cut)
{
    private const double CutAllowed = 0.01;

    /// <summary>Measures utterances.</summary>
    public static LengthFigures Of(IReadOnlyList<LabelledUtterance> utterances, int maxLength)
    {
        if (utterances.Count == 0) return new LengthFigures(0, 0, 0, 0, 0);
        var lengths = utterances.Select(LengthEstimate.Of).Order().ToArray();
        return new LengthFigures(
            At(0.5), At(0.9), At(0.99), lengths[^1], (double)lengths.Count(length => length > maxLength) / lengths.Length);

        int At(double share) => lengths[Math.Min(lengths.Length - 1, (int)Math.Ceiling(share * lengths.Length) - 1)];
    }

    /// <summary>What a person should know where more than one in a hundred utterances is cut; otherwise <c>null</c>.</summary>
    public string? Warning(string split, int maxLength) => Cut > CutAllowed
        ? string.Create(CultureInfo.InvariantCulture,
            $"{Cut * 100:0.0} % of {split} is longer than maxLength {maxLength} and will be cut; raise it in the task file (at most " +
            $"512; time grows with it)")
        : null;
}
