using Edge.Appliance.Analysis;

namespace Edge.Appliance.Shadowing;

/// <summary>What was counted since it was last written: by head, and what became what.</summary>
internal sealed class ShadowTally
{
    private readonly Dictionary<string, HeadCounts> _heads = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Head, string Before, string After), int> _confusions = [];

    /// <summary>Counts of one head.</summary>
    /// <param name="Compared">Utterances that both bundles answered.</param>
    /// <param name="Agreed">Those of them on which they agree.</param>
    /// <param name="AcceptedBefore">Answers that the serving bundle accepts.</param>
    /// <param name="AcceptedAfter">Answers that the candidate accepts.</param>
    public sealed record HeadCounts(int Compared, int Agreed, int AcceptedBefore, int AcceptedAfter);

    /// <summary>Utterances compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Those on which a head differs.</summary>
    public int Differing { get; private set; }

    /// <summary>By head.</summary>
    public IReadOnlyDictionary<string, HeadCounts> Heads => _heads;

    /// <summary>What the serving bundle said, what the candidate says, and how often.</summary>
    public IReadOnlyDictionary<(string Head, string Before, string After), int> Confusions => _confusions;

    /// <summary>Counts an utterance.</summary>
    /// <returns>Heads on which the two differ; those that only one of them has are not compared.</returns>
    public IReadOnlyList<string> Count(in AnalyzedUtterance before, in AnalyzedUtterance after)
    {
        List<string> differing = [];
        for (var i = 0; i < before.Heads.Count; i++)
        {
            var head = before.Heads[i];
            var j = IndexOf(after, head.Name);
            if (j < 0 || after.Heads[j].Kind != head.Kind)
                continue;
            var agree = HeadComparison.Agree(head.Kind, before.Predictions[i], after.Predictions[j]);
            var counts = _heads.GetValueOrDefault(head.Name, new HeadCounts(0, 0, 0, 0));
            _heads[head.Name] = new HeadCounts(
                counts.Compared + 1, counts.Agreed + (agree ? 1 : 0), counts.AcceptedBefore + (before.Accepted[i] ? 1 : 0),
                counts.AcceptedAfter + (after.Accepted[j] ? 1 : 0));
            if (agree)
                continue;
            differing.Add(head.Name);
            var change = (head.Name, HeadComparison.Describe(head.Kind, before.Predictions[i]),
                HeadComparison.Describe(head.Kind, after.Predictions[j]));
            _confusions[change] = _confusions.GetValueOrDefault(change) + 1;
        }
        Compared++;
        Differing += differing.Count > 0 ? 1 : 0;
        return differing;
    }

    private static int IndexOf(in AnalyzedUtterance analyzed, string head)
    {
        for (var i = 0; i < analyzed.Heads.Count; i++)
        {
            if (analyzed.Heads[i].Name == head)
                return i;
        }
        return -1;
    }
}
