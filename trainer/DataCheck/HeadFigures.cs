using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;

namespace Edge.Trainer.DataCheck;

/// <summary>What the splits have of one head.</summary>
internal sealed record HeadFigures
{
    /// <summary>The head, with the labels of the training data.</summary>
    public required HeadDefinition Head { get; init; }

    /// <summary>Utterances that annotate the head, by split.</summary>
    public required IReadOnlyList<int> Annotated { get; init; }

    /// <summary>
    /// How often each label occurs, by split, most frequent in train first; of a score, how often each fifth of the range.
    /// </summary>
    public required IReadOnlyList<(string Label, IReadOnlyList<int> Counts)> Labels { get; init; }

    /// <summary>Labels that dev or test have and train has not.</summary>
    public required IReadOnlyList<string> Unlearnable { get; init; }

    /// <summary>Of a span head: by label, how many different texts train has, and its most frequent ones.</summary>
    public IReadOnlyDictionary<string, (int Different, IReadOnlyList<string> Frequent)> Values { get; init; } =
        new Dictionary<string, (int, IReadOnlyList<string>)>();

    /// <summary>Of a span head: share of the test's entities whose text train never has with that label.</summary>
    public double? NewValues { get; init; }

    /// <summary>Share of the most frequent label among all of train.</summary>
    public double LargestShare =>
        Labels.Sum(label => label.Counts[0]) is > 0 and var all ? (double)Labels.Max(label => label.Counts[0]) / all : 0;

    /// <summary>Counts one head.</summary>
    public static HeadFigures Of(HeadDefinition head, IReadOnlyList<IReadOnlyList<LabelledUtterance>> splits)
    {
        var found = splits.Select(split => split.Select(utterance => Entries(head, utterance)).ToArray()).ToArray();
        var counts = found.Select(split => split.OfType<(string Label, string Value)[]>().SelectMany(entries => entries)
            .CountBy(entry => entry.Label, StringComparer.Ordinal).ToDictionary()).ToArray();
        var labels = counts.SelectMany(split => split.Keys).Distinct(StringComparer.Ordinal)
            .Select(label => (Label: label, Counts: (IReadOnlyList<int>)[.. counts.Select(split => split.GetValueOrDefault(label))]));
        var ordered = head.Kind == HeadKind.Score
            ? labels.OrderBy(label => label.Label, StringComparer.Ordinal)
            : labels.OrderByDescending(label => label.Counts[0]).ThenBy(label => label.Label, StringComparer.Ordinal);
        var figures = new HeadFigures
        {
            Head = head,
            Annotated = [.. found.Select(split => split.Count(entries => entries is not null))],
            Labels = [.. ordered],
            Unlearnable = head.Kind == HeadKind.Score
                ? []
                : [.. counts.Skip(1).SelectMany(split => split.Keys).Distinct().Where(label => !counts[0].ContainsKey(label))
                    .Order(StringComparer.Ordinal)],
        };
        return head.Kind == HeadKind.Span ? WithValues(figures, found) : figures;
    }

    private static HeadFigures WithValues(HeadFigures figures, (string Label, string Value)[]?[][] found)
    {
        var train = found[0].OfType<(string Label, string Value)[]>().SelectMany(entries => entries).ToArray();
        var known = train.ToHashSet();
        var test = found[^1].OfType<(string Label, string Value)[]>().SelectMany(entries => entries).ToArray();
        return figures with
        {
            Values = train.GroupBy(entry => entry.Label, StringComparer.Ordinal).ToDictionary(
                label => label.Key,
                label => (label.Select(entry => entry.Value).Distinct(StringComparer.Ordinal).Count(),
                    (IReadOnlyList<string>)[
                        .. label.CountBy(entry => entry.Value, StringComparer.Ordinal).OrderByDescending(pair => pair.Value)
                        .ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(3).Select(pair => pair.Key)])),
            NewValues = test.Length == 0 ? null : (double)test.Count(entry => !known.Contains(entry)) / test.Length,
        };
    }

    private static (string Label, string Value)[]? Entries(HeadDefinition head, LabelledUtterance utterance) => head.Kind switch
    {
        HeadKind.Single => utterance.Single.TryGetValue(head.Name, out var label) ? [(label, "")] : null,
        HeadKind.Multi => utterance.Multi.TryGetValue(head.Name, out var labels) ? [.. labels.Select(item => (item, ""))] : null,
        HeadKind.Score => utterance.Scores.TryGetValue(head.Name, out var score) ? [(Fifth(score), "")] : null,
        _ => utterance.Spans.TryGetValue(head.Name, out var spans)
            ? [.. spans.Select(span => (span.Label, utterance.Text[span.Start..span.End]))]
            : null,
    };

    private static string Fifth(double score)
    {
        var low = Math.Floor(Math.Min(score, 0.999) * 5) / 5;
        return string.Create(CultureInfo.InvariantCulture, $"{low:0.0} to {low + 0.2:0.0}");
    }
}
