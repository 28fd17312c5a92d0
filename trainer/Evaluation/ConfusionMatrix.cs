using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// What was answered where what was annotated. For a <c>span</c> head: entities at exactly the same place, and
/// <see cref="None"/> where the other side has none there.
/// </summary>
internal sealed record ConfusionMatrix
{
    /// <summary>Stands for no entity at that place.</summary>
    public const string None = "∅";

    /// <summary>Labels, most annotated first; those that occur nowhere are left out.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How often, by annotated and answered label; no entry where never.</summary>
    public required IReadOnlyDictionary<(string Gold, string Answered), int> Counts { get; init; }

    /// <summary>Counts answers; of a <c>multi</c> or <c>score</c> head there is no matrix.</summary>
    public static ConfusionMatrix? Create(HeadDefinition head, IReadOnlyList<JudgedAnswer> answers)
    {
        if (head.Kind is not (HeadKind.Single or HeadKind.Span))
            return null;
        var counts = answers.SelectMany(Pairs).CountBy(pair => pair).ToDictionary();
        var gold = counts.GroupBy(entry => entry.Key.Gold, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value), StringComparer.Ordinal);
        var labels = counts.Keys.SelectMany(pair => new[] { pair.Gold, pair.Answered }).Distinct(StringComparer.Ordinal)
            .OrderBy(label => label == None).ThenByDescending(label => gold.GetValueOrDefault(label))
            .ThenBy(label => label, StringComparer.Ordinal);
        return new ConfusionMatrix { Labels = [.. labels], Counts = counts };
    }

    /// <summary>The pairs of different labels, most frequent first; those with <see cref="None"/> aside.</summary>
    public IEnumerable<(string Gold, string Answered, int Count)> Confused() =>
        Counts.Where(entry => entry.Key.Gold != entry.Key.Answered && entry.Key.Gold != None && entry.Key.Answered != None)
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.Gold, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.Answered, StringComparer.Ordinal)
            .Select(entry => (entry.Key.Gold, entry.Key.Answered, entry.Value));

    private static IEnumerable<(string Gold, string Answered)> Pairs(JudgedAnswer answer)
    {
        foreach (var gold in answer.Gold)
            yield return (gold.Label,
                answer.Answered.Where(other => SamePlace(other, gold)).Select(other => other.Label).FirstOrDefault(None));
        foreach (var answered in answer.Answered)
        {
            if (!answer.Gold.Any(other => SamePlace(other, answered)))
                yield return (None, answered.Label);
        }
    }

    private static bool SamePlace((string Label, int Start, int End) a, (string Label, int Start, int End) b) =>
        (a.Start, a.End) == (b.Start, b.End);
}
