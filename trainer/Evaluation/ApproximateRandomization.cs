using Edge.Trainer.Common;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// Approximate randomization (Yeh 2000, "More accurate tests for the statistical significance of result differences"): were two
/// models equally good, exchanging their answers to any utterance would change nothing; how often does exchanging at random make
/// a difference at least as large as the one seen?
/// </summary>
internal static class ApproximateRandomization
{
    /// <summary>Random exchanges tried; the smallest p-value is one over one more than this.</summary>
    public const int Shuffles = 5000;

    private const int Seed = 1;

    /// <summary>Two-sided p-value of the difference of a figure.</summary>
    /// <param name="count">Utterances.</param>
    /// <param name="figure">
    /// The figure over answers of both models: weights of the first model's answers to every utterance, then of the second's.
    /// </param>
    public static double Test(int count, Func<int[], double> figure)
    {
        var random = SeededRandom.For(Seed, "randomization");
        var (first, second) = (new int[2 * count], new int[2 * count]);
        for (var i = 0; i < count; i++)
            (first[i], second[count + i]) = (1, 1);
        var seen = Math.Abs(figure(first) - figure(second));
        var atLeast = 0;
        for (var shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            for (var i = 0; i < count; i++)
            {
                var exchanged = random.Chance(0.5) ? 1 : 0;
                (first[i], first[count + i]) = (1 - exchanged, exchanged);
                (second[i], second[count + i]) = (exchanged, 1 - exchanged);
            }
            // Equal but for rounding counts as equal.
            if (Math.Abs(figure(first) - figure(second)) >= seen - 1e-12)
                atLeast++;
        }
        return (atLeast + 1.0) / (Shuffles + 1);
    }
}
