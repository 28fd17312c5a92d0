using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Duplicates;

/// <summary>
/// Finds utterances that say nearly the same: the Jaccard similarity of their character n-grams (two in texts without spaces,
/// five in others) reaches a limit. Exact, by prefix filtering (Chaudhuri et al. 2006; Bayardo et al. 2007): two sets that are
/// alike enough must share one of their rarest members, so only those that do are compared. No pair is missed by chance.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>Similarity from which utterances count as nearly equal.</summary>
    public const double Similarity = 0.8;

    private const char Edge = '\u0002';

    /// <summary>Groups of two or more utterances that are nearly equal or equal, each in ascending order.</summary>
    /// <param name="utterances">Any utterances.</param>
    /// <param name="similarity">0.5 to 1; 1 finds those that differ in case, punctuation and spaces only.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Find(IReadOnlyList<LabelledUtterance> utterances, double similarity = Similarity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(similarity, 0.5);
        var keys = new TextKey();
        var groups = utterances.Select((utterance, i) => (Key: keys.Of(utterance), Index: i))
            .GroupBy(entry => entry.Key, entry => entry.Index, StringComparer.Ordinal).ToArray();
        var sets = Rarest(Array.ConvertAll(groups, group => Grams(group.Key)));
        var parents = new DisjointSets(groups.Length);
        foreach (var (left, right) in similarity < 1 ? Pairs(sets, similarity) : [])
            parents.Join(left, right);
        return [.. parents.Groups().Select(group => group.SelectMany(i => groups[i]).Order().ToArray())
            .Where(group => group.Length > 1).OrderBy(group => group[0])];
    }

    /// <summary>Jaccard similarity of two texts by themselves.</summary>
    public static double Compare(string left, string right)
    {
        var keys = new TextKey();
        var (a, b) = (Grams(keys.Of(left)).ToHashSet(), Grams(keys.Of(right)).ToHashSet());
        var shared = a.Count(b.Contains);
        return (double)shared / (a.Count + b.Count - shared);
    }

    private static IEnumerable<(int Left, int Right)> Pairs(int[][] sets, double similarity)
    {
        // Short sets first: a set is compared with those that are not longer and long enough.
        var index = new Dictionary<int, List<int>>();
        var seen = new HashSet<int>();
        foreach (var i in Enumerable.Range(0, sets.Length).OrderBy(i => sets[i].Length))
        {
            var set = sets[i];
            var least = (int)Math.Ceiling((similarity * set.Length) - 1e-9);
            seen.Clear();
            for (var at = 0; at <= set.Length - least; at++)
            {
                if (!index.TryGetValue(set[at], out var places)) index.Add(set[at], places = []);
                foreach (var j in places)
                    if (sets[j].Length >= least && seen.Add(j) && AreAlike(sets[j], set, similarity))
                        yield return (j, i);
                places.Add(i);
            }
        }
    }

    private static bool AreAlike(int[] left, int[] right, double similarity)
    {
        // similarity <= shared / (left + right - shared)
        var needed = similarity / (1 + similarity) * (left.Length + right.Length);
        var (i, j, shared) = (0, 0, 0);
        while (i < left.Length && j < right.Length && shared + Math.Min(left.Length - i, right.Length - j) >= needed - 1e-9)
        {
            if (left[i] == right[j]) (i, j, shared) = (i + 1, j + 1, shared + 1);
            else if (left[i] < right[j]) i++;
            else j++;
        }

        return shared >= needed - 1e-9;
    }

    // Grams as numbers by how rare they are, rarest first.
    private static int[][] Rarest(ulong[][] grams)
    {
        var ranks = grams.SelectMany(set => set).CountBy(gram => gram).OrderBy(pair => pair.Value).ThenBy(pair => pair.Key)
            .Select((pair, rank) => (pair.Key, Rank: rank)).ToDictionary(pair => pair.Key, pair => pair.Rank);
        return Array.ConvertAll(grams, set =>
        {
            var numbers = Array.ConvertAll(set, gram => ranks[gram]);
            Array.Sort(numbers);
            return numbers;
        });
    }

    private static ulong[] Grams(string key)
    {
        var size = key.Contains(' ', StringComparison.Ordinal) ? 5 : 2;
        var text = Edge + key + Edge;
        var grams = new HashSet<ulong>();
        for (var at = 0; at + size <= text.Length; at++)
        {
            var gram = 0UL;
            foreach (var unit in text.AsSpan(at, size)) gram = FeatureHash.Join(gram, unit);
            grams.Add(gram);
        }

        return [.. grams];
    }
}
