using System.Globalization;

namespace Edge.Trainer.Data.Duplicates;

/// <summary>An utterance's annotation as text, by head: equal exactly where the annotations are.</summary>
internal static class Annotation
{
    /// <summary>Value by head. Spans are given by their labels and texts, so that near-equal texts compare.</summary>
    public static IEnumerable<(string Head, string Value)> Of(LabelledUtterance utterance) =>
        utterance.Single.Select(pair => (pair.Key, pair.Value))
            .Concat(utterance.Multi.Select(pair => (pair.Key, $"[{string.Join(", ", pair.Value.Order(StringComparer.Ordinal))}]")))
            .Concat(utterance.Scores.Select(pair => (pair.Key, pair.Value.ToString("R", CultureInfo.InvariantCulture))))
            .Concat(utterance.Spans.Select(
                pair => (pair.Key,
                    $"[{string.Join(", ", pair.Value.Select(span => $"{span.Label} {utterance.Text[span.Start..span.End]}"))}]")));

    /// <summary>Where an utterance stands.</summary>
    public static string Place(LabelledUtterance utterance) => $"{Path.GetFileName(utterance.File)}:{utterance.Line}";
}
