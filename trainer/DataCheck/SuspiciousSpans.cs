using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.DataCheck;

/// <summary>
/// Confident learning over the words of span heads (as Wang and Mueller 2022 do for tokens): each word is of an entity label or of
/// none; words side by side that are doubted in the same way make one finding. Of an utterance's findings the surest is given.
/// </summary>
internal static class SuspiciousSpans
{
    private const string None = "no entity";

    /// <summary>The findings of one head.</summary>
    public static IEnumerable<SuspiciousLabel> Find(
        HeadDefinition head, int index, IReadOnlyList<LabelledUtterance> utterances, OutOfFold judged, float[][][] probabilities)
    {
        var classes = 1 + head.Labels.Count; // 0: no entity
        var thresholds = new ClassThresholds(classes);
        var byWord = new float[utterances.Count][][];
        for (var i = 0; i < utterances.Count; i++)
        {
            if (judged.Examples[i].Targets[index].Tags is not { } tags) continue;
            byWord[i] =
                [.. tags.Select((_, word) => Classes(probabilities[i][index].AsSpan(word * head.OutputCount, head.OutputCount), classes))];
            for (var word = 0; word < tags.Length; word++)
                thresholds.Add(ClassOf(tags[word]), byWord[i][word][ClassOf(tags[word])]);
        }

        var limits = thresholds.Limits();
        return Enumerable.Range(0, utterances.Count).Where(i => byWord[i] is not null)
            .Select(i => Find(head, utterances[i], judged.Examples[i], judged.Examples[i].Targets[index].Tags!, byWord[i], limits)
                .MaxBy(finding => finding.Margin))
            .OfType<SuspiciousLabel>();
    }

    private static IEnumerable<SuspiciousLabel> Find(
        HeadDefinition head, LabelledUtterance utterance, LinearExample example, int[] tags, float[][] byWord, double[] limits)
    {
        SuspiciousLabel? open = null;
        var last = (Given: -1, Other: -1);
        for (var word = 0; word < tags.Length; word++)
        {
            var given = ClassOf(tags[word]);
            var other = SuspiciousLabels.Doubt(byWord[word], given, limits);
            var source = example.Words.Offsets[word];
            var continues = open is not null && other >= 0 && last == (given, other) && !(given > 0 && BioTags.IsBegin(tags[word]));
            last = (given, other);
            if (!continues && open is not null)
            {
                yield return open;
                open = null;
            }

            if (other < 0 || source.Length == 0) continue;
            var (was, now) = ((double)byWord[word][given], (double)byWord[word][other]);
            open = open is null
                ? new SuspiciousLabel(utterance, head.Name, Name(head, given), Name(head, other), was, now, source.Start, source.End)
                : now - was > open.Margin
                    ? open with { GivenProbability = was, SuggestedProbability = now, End = source.End }
                    : open with { End = source.End };
        }

        if (open is not null) yield return open;
    }

    private static float[] Classes(ReadOnlySpan<float> tags, int classes)
    {
        var result = new float[classes];
        for (var tag = 0; tag < tags.Length; tag++) result[ClassOf(tag)] += tags[tag];
        return result;
    }

    private static int ClassOf(int tag) => tag == BioTags.O ? 0 : 1 + BioTags.Label(tag);

    private static string Name(HeadDefinition head, int number) => number == 0 ? None : head.Labels[number - 1];
}
