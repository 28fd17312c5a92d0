using System.Globalization;
using Edge.Bundles;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// Fits the out-of-scope score of a precision. Mean and deviation of energy and norm, and the shares that make the score, come from dev
/// utterances in scope alone. Utterances out of scope say whether both are used: they are, unless one alone separates clearly better.
/// </summary>
internal static class ScopeFitting
{
    /// <summary>So many real utterances out of scope decide; with fewer made-up ones do.</summary>
    public const int FewestReal = 20;

    /// <summary>Part of those in scope that the threshold accepts, where dev has enough of them to tell.</summary>
    public const double Accepted = 0.95;

    // By so much AUROC one alone must be better: made-up utterances are only roughly like real ones.
    private const double MarginOfReal = 0.005, MarginOfMadeUp = 0.02;
    private const int FewestInScope = 2;

    private static readonly double[] SharesKept =
        [0, .05, .1, .2, .3, .4, .5, .6, .7, .75, .8, .85, .9, .92, .94, .95, .96, .97, .98, .985, .99, .995, .998, 1];

    /// <summary>Fits it.</summary>
    /// <param name="inScope">Dev utterances in scope.</param>
    /// <param name="outOfScope">Utterances out of scope.</param>
    /// <param name="areReal">Whether callers said them.</param>
    /// <param name="line">What was chosen, for the log.</param>
    /// <returns><c>null</c> where there is too little to fit.</returns>
    public static OutOfScopeEntry? Fit(
        IReadOnlyList<ScopeMeasures> inScope, IReadOnlyList<ScopeMeasures> outOfScope, bool areReal, out string line)
    {
        var energy = Part(inScope.Select(utterance => utterance.Energy));
        var norm = Part(inScope.Select(utterance => utterance.Norm));
        line = "out of scope: no score, dev has too few different utterances in scope";
        if (inScope.Count < FewestInScope || (energy ?? norm) is null)
            return null;

        var draft = new OutOfScopeEntry { Sums = [], Shares = [], Threshold = (float)Accepted };
        var candidates = new (string Name, OutOfScopeEntry Entry)[]
        {
            ("energy and norm", draft with { Energy = energy, Norm = norm }), ("energy", draft with { Energy = energy }),
            ("norm", draft with { Norm = norm }),
        }.Where(candidate => candidate.Name.Contains("energy", StringComparison.Ordinal) == (candidate.Entry.Energy is not null)
            && candidate.Name.Contains("norm", StringComparison.Ordinal) == (candidate.Entry.Norm is not null))
            .Select(candidate => (candidate.Name, candidate.Entry, Auroc: Auroc(candidate.Entry, inScope, outOfScope))).ToArray();
        var best = candidates.MaxBy(candidate => candidate.Auroc);
        var chosen = best.Auroc > candidates[0].Auroc + (areReal ? MarginOfReal : MarginOfMadeUp) ? best : candidates[0];
        line = string.Create(CultureInfo.InvariantCulture,
            $"out of scope: {chosen.Name}, fitted on {inScope.Count} dev utterances in scope; on {outOfScope.Count} " +
            $"{(areReal ? "utterances out of it" : "made-up utterances")} " +
            $"{string.Join(", ", candidates.Select(candidate => $"{candidate.Name} has AUROC {candidate.Auroc:0.000}"))}");
        var (sums, shares) = Curve([.. inScope.Select(utterance => utterance.SumBy(chosen.Entry)).Order()]);
        return chosen.Entry with { Sums = sums, Shares = shares };
    }

    private static double Auroc(OutOfScopeEntry entry, IReadOnlyList<ScopeMeasures> inside, IReadOnlyList<ScopeMeasures> outside) =>
        new Separation(
            [.. inside.Concat(outside).Select(utterance => utterance.SumBy(entry))],
            [.. inside.Select(_ => false), .. outside.Select(_ => true)]).Auroc;

    // null where it is the same for all
    private static OutOfScopePart? Part(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length == 0)
            return null;
        var mean = all.Average();
        var deviation = Math.Sqrt(all.Average(value => (value - mean) * (value - mean)));
        return deviation > 1e-6 ? new OutOfScopePart((float)mean, (float)deviation) : null;
    }

    // The k-th lowest of n has the share k / (n + 1), as the ranks of exchangeable utterances have (conformal prediction, Vovk et al.
    // 2005). So few utterances never call anything surely foreign.
    private static (float[] Sums, float[] Shares) Curve(double[] sorted)
    {
        var n = sorted.Length;
        var shares = SharesKept.Select(share => Math.Clamp(share, 1.0 / (n + 1), (double)n / (n + 1))).Distinct().ToArray();
        return ([.. shares.Select(share => (float)SumAt(share))], [.. shares.Select(share => (float)Math.Round(share, 6))]);

        double SumAt(double share)
        {
            var position = (share * (n + 1)) - 1;
            var below = Math.Clamp((int)position, 0, n - 1);
            var above = Math.Min(below + 1, n - 1);
            return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
        }
    }
}
