using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Reading;

/// <summary>Splits utterances so that each combination of labels keeps its share and equal texts stay together.</summary>
internal static class StratifiedSplit
{
    /// <summary>Moves about <paramref name="share"/> of the utterances to a part of their own; both keep the order of the data.</summary>
    public static (IReadOnlyList<LabelledUtterance> Remainder, IReadOnlyList<LabelledUtterance> Part) Split(
        IReadOnlyList<LabelledUtterance> utterances, double share, SeededRandom random)
    {
        // Equal texts in both parts would be measured as if the model had generalised.
        var strata = utterances.GroupBy(utterance => utterance.Text, StringComparer.Ordinal)
            .GroupBy(group => Stratum(group.First()), StringComparer.Ordinal)
            .OrderBy(stratum => stratum.Key, StringComparer.Ordinal);
        var part = new HashSet<string>(StringComparer.Ordinal);
        var (target, taken) = (0.0, 0);
        foreach (var stratum in strata)
        {
            var groups = stratum.ToList();
            random.Shuffle(groups);
            target += groups.Sum(group => group.Count()) * share;
            // The debt of small strata is carried on, so that the total is right; the last group of a stratum always stays.
            foreach (var group in groups.Take(groups.Count - 1))
            {
                if (taken + (group.Count() * 0.5) > target) break;
                part.Add(group.Key);
                taken += group.Count();
            }
        }

        return ([.. utterances.Where(u => !part.Contains(u.Text))], [.. utterances.Where(u => part.Contains(u.Text))]);
    }

    private static string Stratum(LabelledUtterance utterance) =>
        string.Join('\u001F', utterance.Single.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value));
}
