using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>
/// What was answered (columns) where what was annotated (rows), as a table whose cells are the darker the larger their share of
/// the row. Numbers stand in the cells, so the colour is never needed.
/// </summary>
internal static class ConfusionHeatMap
{
    private const int MostLabels = 22;
    private const int Shades = 8;

    /// <summary>Writes the matrix of a head; <c>null</c> where it has none, or too many labels and no mistakes.</summary>
    public static XElement? Write(JudgedHead judged)
    {
        if (ConfusionMatrix.Create(judged.Head, judged.Answers) is not { Labels.Count: > 1 } matrix)
            return null;
        var (labels, left) = Choose(matrix);
        if (labels.Count == 0)
            return null;
        var isSpan = judged.Head.Kind == HeadKind.Span;
        return Tag.Of(
            "figure", "",
            Tag.Of("figcaption", "", Tag.Of("h3", "", Tag.Both("混淆矩阵", "What is taken for what")), Tag.Of("p", "note", Tag.Both(
                "每行是人工标注，每列是模型的回答；对角线上是答对的次数，其余是答错的次数。" + (isSpan ? $"{ConfusionMatrix.None} 表示那里没有实体（漏报或多报，边界不同也算）。" : "")
                + (left > 0 ? $"只列出出错最多的 {labels.Count} 个标签，另有 {left} 个未列。" : ""),
                "Rows are annotated labels, columns what the model answered; the diagonal counts right answers, everything else mistakes."
                + (isSpan
                    ? $" {ConfusionMatrix.None} stands for no entity at that place: missed or invented ones, and other boundaries."
                    : "") + (left > 0 ? $" The {labels.Count} labels with most mistakes are shown; {left} are not." : "")))),
            Tag.Scrolling(Tag.Of(
                "table", "heat",
                Tag.Of("thead", "",
                    Tag.Of("tr", "", Tag.Of("td", ""),
                        labels.Select(
                            label => Tag.Of(
                                "th", "", Tag.Attribute("scope", "col"),
                                Tag.Of("span", "", Tag.Attribute("title", label), Short(label)))))),
                Tag.Of("tbody", "", labels.Select(gold => Row(matrix, gold, labels))))));
    }

    private static XElement Row(ConfusionMatrix matrix, string gold, IReadOnlyList<string> labels)
    {
        var all = matrix.Counts.Where(entry => entry.Key.Gold == gold).Sum(entry => entry.Value);
        return Tag.Of("tr", "", Tag.Of("th", "", Tag.Attribute("scope", "row"), Tag.Attribute("title", gold), Short(gold)),
            labels.Select(answered =>
        {
            var count = matrix.Counts.GetValueOrDefault((gold, answered));
            // Even one of a thousand is seen: the lightest shade is for what occurs at all.
            var shade = count == 0 ? 0 : 1 + Math.Min(Shades - 1, (int)((double)count / all * Shades));
            return Tag.Of(
                "td", $"h{shade}{(gold == answered ? " same" : "")}",
                count == 0 ? null : Tag.Attribute("title", $"{gold} → {answered}: {count} / {all}"), count == 0 ? "" : Tag.Count(count));
        }));
    }

    private static (IReadOnlyList<string> Labels, int Left) Choose(ConfusionMatrix matrix)
    {
        if (matrix.Labels.Count <= MostLabels)
            return (matrix.Labels, 0);
        var mistakes = matrix.Counts.Where(entry => entry.Key.Gold != entry.Key.Answered)
            .SelectMany(entry => new[] { (Label: entry.Key.Gold, entry.Value), (Label: entry.Key.Answered, entry.Value) })
            .GroupBy(entry => entry.Label, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value), StringComparer.Ordinal);
        var chosen = matrix.Labels.Where(mistakes.ContainsKey).OrderByDescending(label => mistakes[label]).Take(MostLabels)
            .ToHashSet(StringComparer.Ordinal);
        return ([.. matrix.Labels.Where(chosen.Contains)], matrix.Labels.Count - chosen.Count);
    }

    private static string Short(string label) => label.Length <= 22 ? label : label[..10] + "…" + label[^11..];
}
