namespace Edge.Trainer.Tuning;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016; the inner loop of Hyperband, Li et al. 2018): every trial gets a little, the
/// best third of them three times as much, and so on until the last has a whole training.
/// </summary>
internal static class SuccessiveHalving
{
    private const int Factor = 3;

    /// <summary>Share of a whole training that a rung has.</summary>
    /// <param name="rung">From 1.</param>
    /// <param name="rungs">Rungs in all.</param>
    public static double Share(int rung, int rungs) => 1 / Math.Pow(Factor, rungs - rung);

    /// <summary>Whole trainings that a search costs: every rung costs the same.</summary>
    public static double Cost(int trials, int rungs) =>
        Enumerable.Range(1, rungs).Sum(rung => Survivors(trials, rung) * Share(rung, rungs));

    /// <summary>Searches.</summary>
    /// <param name="trials">What to try.</param>
    /// <param name="rungs">Rungs, 1 or more.</param>
    /// <param name="train">Trains a trial with the rung's share.</param>
    /// <param name="goOn">False once time is up: what is left is not tried.</param>
    /// <returns>All results in order; the best one is of the highest rung that was reached.</returns>
    public static IReadOnlyList<TrialResult> Run(
        IReadOnlyList<Trial> trials, int rungs, Func<Trial, int, TrialResult> train, Func<bool> goOn)
    {
        var results = new List<TrialResult>();
        var alive = trials;
        for (var rung = 1; rung <= rungs; rung++)
        {
            foreach (var trial in alive)
            {
                if (results.Count > 0 && !goOn())
                    return results;
                results.Add(train(trial, rung));
            }
            alive = [.. results.Where(result => result.Rung == rung).OrderByDescending(result => result.Score).ThenBy(result => result.Loss)
                .Take(Survivors(trials.Count, rung + 1)).Select(result => result.Trial)];
        }
        return results;
    }

    /// <summary>The best result: by rung, then score, then loss.</summary>
    public static TrialResult Best(IReadOnlyList<TrialResult> results) =>
        results.OrderByDescending(result => result.Rung).ThenByDescending(result => result.Score).ThenBy(result => result.Loss).First();

    private static int Survivors(int trials, int rung) => Math.Max(1, (int)(trials / Math.Pow(Factor, rung - 1)));
}
