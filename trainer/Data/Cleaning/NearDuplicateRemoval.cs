using Edge.Trainer.Data.Duplicates;

namespace Edge.Trainer.Data.Cleaning;

/// <summary>Leaves out utterances that say nearly what an earlier one says, where both are annotated alike.</summary>
internal static class NearDuplicateRemoval
{
    /// <summary>The utterances that are kept, in order: of each group the first one with each annotation.</summary>
    public static IReadOnlyList<LabelledUtterance> Apply(IReadOnlyList<LabelledUtterance> utterances, double similarity)
    {
        var removed = new HashSet<int>();
        foreach (var group in NearDuplicates.Find(utterances, similarity))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var i in group)
                if (!seen.Add(Labels(utterances[i]))) removed.Add(i);
        }

        return removed.Count == 0 ? utterances : [.. utterances.Where((_, i) => !removed.Contains(i))];
    }

    // Of entities the labels count: their texts differ as the utterances do.
    private static string Labels(LabelledUtterance utterance) => string.Join('\u001F',
        Annotation.Of(utterance with { Spans = new Dictionary<string, IReadOnlyList<Bundles.Decoding.EntitySpan>>() })
            .Select(entry => $"{entry.Head} {entry.Value}")
            .Concat(utterance.Spans.Select(pair => $"{pair.Key} {string.Join(',', pair.Value.Select(span => span.Label))}"))
            .Order(StringComparer.Ordinal));
}
