using Edge.Trainer.Common;
using Edge.Trainer.Data;

namespace Edge.Trainer.LinearModels;

/// <summary>Parts of a training set of which each is judged by what was learned from the others.</summary>
internal static class Folds
{
    /// <summary>
    /// Fold of each utterance. Equal texts share a fold (else a wrong label would be confirmed by its own copy), combinations of
    /// labels are spread evenly, and the same seed gives the same folds.
    /// </summary>
    /// <param name="utterances">The training set.</param>
    /// <param name="folds">Number of folds, from 2.</param>
    /// <param name="seed">Any number.</param>
    public static int[] Assign(IReadOnlyList<LabelledUtterance> utterances, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var groups = Enumerable.Range(0, utterances.Count).GroupBy(i => utterances[i].Text, StringComparer.OrdinalIgnoreCase).ToArray();
        SeededRandom.For(seed, nameof(Folds)).Shuffle(groups);
        var result = new int[utterances.Count];
        var next = 0;
        foreach (var group in groups.OrderBy(group => Stratum(utterances[group.First()]), StringComparer.Ordinal))
        {
            foreach (var i in group)
                result[i] = next;
            next = (next + 1) % folds;
        }

        return result;
    }

    private static string Stratum(LabelledUtterance utterance) =>
        string.Join('\u001F', utterance.Single.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value));
}
