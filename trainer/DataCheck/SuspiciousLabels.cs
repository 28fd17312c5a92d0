using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.DataCheck;

/// <summary>
/// Finds annotations that are probably wrong by confident learning (Northcutt et al. 2021): an utterance's label is doubted where
/// out-of-fold models give another label at least the confidence that they have on average where that label is annotated.
/// </summary>
internal static class SuspiciousLabels
{
    // Fewer passes over spans than a model that serves gets: a doubt needs no last tenth of a point.
    private const int Folds = 5;

    // Scores further off than this many standard errors, and this much, are doubted.
    private const double ScoreErrors = 3, LeastScoreError = 0.25;

    /// <summary>All findings, the surest first.</summary>
    /// <param name="task">Heads with the labels of the data.</param>
    /// <param name="utterances">Everything that is annotated; test sets have wrong labels too.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static IReadOnlyList<SuspiciousLabel> Find(
        TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances, CancellationToken cancellation = default)
    {
        if (utterances.Count < 2 * Folds) return [];
        var judged = OutOfFold.Compute(task, utterances, Folds, cancellation: cancellation);
        var probabilities = Enumerable.Range(0, utterances.Count).Select(judged.Probabilities).ToArray();
        return [.. task.Heads.SelectMany((head, i) => head.Kind switch
        {
            HeadKind.Single => Single(head, i, utterances, judged, probabilities),
            HeadKind.Multi => Multi(head, i, utterances, judged, probabilities),
            HeadKind.Span => SuspiciousSpans.Find(head, i, utterances, judged, probabilities),
            _ => Scores(head, i, utterances, judged, probabilities),
        }).OrderByDescending(finding => finding.Margin)];
    }

    /// <summary>
    /// Class that an example is more likely of, or -1: of the classes that reach their own thresholds the one with the highest
    /// probability, if that is higher than the annotated one's.
    /// </summary>
    public static int Doubt(ReadOnlySpan<float> probabilities, int given, ReadOnlySpan<double> thresholds)
    {
        var best = -1;
        for (var i = 0; i < probabilities.Length; i++)
            if (i != given && probabilities[i] >= thresholds[i] && probabilities[i] > probabilities[given]
                && (best < 0 || probabilities[i] > probabilities[best]))
                best = i;
        return best;
    }

    private static IEnumerable<SuspiciousLabel> Single(
        HeadDefinition head, int index, IReadOnlyList<LabelledUtterance> utterances, OutOfFold judged, float[][][] probabilities)
    {
        var thresholds = new ClassThresholds(head.Labels.Count);
        for (var i = 0; i < utterances.Count; i++)
            if (judged.Examples[i].Targets[index].Label is >= 0 and var label)
                thresholds.Add(label, probabilities[i][index][label]);
        var limits = thresholds.Limits();
        for (var i = 0; i < utterances.Count; i++)
        {
            var (given, of) = (judged.Examples[i].Targets[index].Label, probabilities[i][index]);
            if (given >= 0 && Doubt(of, given, limits) is >= 0 and var other)
                yield return new SuspiciousLabel(utterances[i], head.Name, head.Labels[given], head.Labels[other], of[given], of[other]);
        }
    }

    private static IEnumerable<SuspiciousLabel> Multi(
        HeadDefinition head, int index, IReadOnlyList<LabelledUtterance> utterances, OutOfFold judged, float[][][] probabilities)
    {
        for (var label = 0; label < head.Labels.Count; label++)
        {
            var thresholds = new ClassThresholds(2); // 0: without the label, 1: with it
            for (var i = 0; i < utterances.Count; i++)
                if (judged.Examples[i].Targets[index].Values is { } values)
                    thresholds.Add(values[label] > 0 ? 1 : 0,
                        values[label] > 0 ? probabilities[i][index][label] : 1 - probabilities[i][index][label]);
            var limits = thresholds.Limits();
            for (var i = 0; i < utterances.Count; i++)
            {
                if (judged.Examples[i].Targets[index].Values is not { } values) continue;
                var with = probabilities[i][index][label];
                var given = values[label] > 0 ? 1 : 0;
                if (Doubt([1 - with, with], given, limits) < 0) continue;
                var (yes, no) = (head.Labels[label], "no " + head.Labels[label]);
                yield return given == 1
                    ? new SuspiciousLabel(utterances[i], head.Name, yes, no, with, 1 - with)
                    : new SuspiciousLabel(utterances[i], head.Name, no, yes, 1 - with, with);
            }
        }
    }

    private static IEnumerable<SuspiciousLabel> Scores(
        HeadDefinition head, int index, IReadOnlyList<LabelledUtterance> utterances, OutOfFold judged, float[][][] probabilities)
    {
        var errors = utterances
            .Select((_, i) => judged.Examples[i].Targets[index].Values is [var value] ? value - probabilities[i][index][0] : double.NaN)
            .ToArray();
        var spread = Math.Sqrt(errors.Where(double.IsFinite).Select(error => error * error).DefaultIfEmpty(0).Average());
        for (var i = 0; i < utterances.Count; i++)
        {
            if (!(Math.Abs(errors[i]) > Math.Max(LeastScoreError, ScoreErrors * spread))) continue;
            var (given, expected) = (utterances[i].Scores[head.Name], probabilities[i][index][0]);
            yield return new SuspiciousLabel(utterances[i], head.Name, Number(given), Number(expected), 0, 0)
            {
                ScoreError = Math.Abs(errors[i])
            };
        }
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
