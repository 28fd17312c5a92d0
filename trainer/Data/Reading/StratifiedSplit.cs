using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Reading;

/// <summary>
/// Splits utterances so that labels keep their shares and equal texts stay together. Strata are the combinations of all heads' labels;
/// where a combination occurs but once, that of fewer heads, those with the most labels left out first.
/// </summary>
internal static class StratifiedSplit
{
    /// <summary>Moves about <paramref name="share"/> of the utterances to a part of their own; both keep the order of the data.</summary>
    public static (IReadOnlyList<LabelledUtterance> Remainder, IReadOnlyList<LabelledUtterance> Part) Split(
        IReadOnlyList<LabelledUtterance> utterances, double share, SeededRandom random)
    {
        // Equal texts in both parts would be measured as if the model had generalised.
        List<IGrouping<string, LabelledUtterance>> left =
            [.. utterances.GroupBy(utterance => utterance.Text, StringComparer.Ordinal)];
        var heads = Heads(left);
        var needed = OnlyExamples(left, heads);
        var part = new HashSet<string>(StringComparer.Ordinal);
        var (target, taken) = (0.0, 0);
        for (var used = heads.Length; used >= 0 && left.Count > 0; used--)
        {
            var strata = left.GroupBy(group => Stratum(group.First(), heads[..used]), StringComparer.Ordinal)
                .OrderBy(stratum => stratum.Key, StringComparer.Ordinal).ToArray();
            left = used == 0 ? [] : [.. strata.Where(stratum => !stratum.Skip(1).Any()).SelectMany(stratum => stratum)];
            foreach (var stratum in strata.Where(stratum => used == 0 || stratum.Skip(1).Any()))
            {
                var groups = stratum.ToList();
                random.Shuffle(groups);
                target += groups.Sum(group => group.Count()) * share;
                // The debt of small strata is carried on, so that the total is right; the last group of a stratum always stays.
                foreach (var group in groups.Take(groups.Count - 1))
                {
                    if (taken + (group.Count() * 0.5) > target) break;
                    if (needed.Contains(group.Key)) continue;
                    part.Add(group.Key);
                    taken += group.Count();
                }
            }
        }

        return ([.. utterances.Where(u => !part.Contains(u.Text))], [.. utterances.Where(u => part.Contains(u.Text))]);
    }

    // By number of labels, fewest first: those with the most are the first to be left out of strata.
    private static string[] Heads(IReadOnlyList<IGrouping<string, LabelledUtterance>> groups) =>
        [.. groups.SelectMany(group => group.First().Single).GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .OrderBy(head => head.Select(pair => pair.Value).Distinct(StringComparer.Ordinal).Count())
            .ThenBy(head => head.Key, StringComparer.Ordinal).Select(head => head.Key)];

    // Texts with the only example of a label stay where it can be learned; not those of a head that has mostly such labels.
    private static HashSet<string> OnlyExamples(IReadOnlyList<IGrouping<string, LabelledUtterance>> groups, string[] heads)
    {
        var only = new HashSet<string>(StringComparer.Ordinal);
        foreach (var head in heads)
        {
            var labels = groups.Where(group => group.First().Single.ContainsKey(head))
                .GroupBy(group => group.First().Single[head], StringComparer.Ordinal).ToArray();
            var texts = labels.Where(label => !label.Skip(1).Any()).Select(label => label.First().Key).ToArray();
            if (texts.Length * 2 <= labels.Sum(label => label.Count())) only.UnionWith(texts);
        }

        return only;
    }

    private static string Stratum(LabelledUtterance utterance, string[] heads) =>
        string.Join('\u001F', utterance.Single.Where(pair => heads.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value));
}
