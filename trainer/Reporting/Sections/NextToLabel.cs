using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>
/// What more labels would help most: labels that are weak and have few examples, pairs that are taken for each other, and
/// utterances that the model is unsure of.
/// </summary>
internal static class NextToLabel
{
    private const int Shown = 6;
    private const double Good = 0.9; // F1 from which a label needs no help
    private const int Enough = 50; // training examples up to which a label counts as rare
    private const int FewestConfused = 2;

    /// <summary>Writes the section; <c>null</c> where nothing stands out.</summary>
    public static XElement? Write(ReportContent content)
    {
        var parts = content.Judged.Heads.Where(head => head.Answers.Count > 0).SelectMany(head => Head(content, head)).ToArray();
        return parts.Length == 0 ? null : Tag.Of("section", "", Tag.Of("h2", "", Tag.Both("接下来标注什么", "What to label next")), parts);
    }

    private static IEnumerable<XElement> Head(ReportContent content, JudgedHead judged)
    {
        if (judged.Head.Kind == HeadKind.Score)
            yield break;
        XElement?[] lists = [Weak(content, judged), Confused(judged), Unsure(content, judged)];
        if (lists.All(list => list is null))
            yield break;
        yield return Tag.Of("h3", "", Tag.Both(HeadWords.Name(judged.Head.Name).Chinese, HeadWords.Name(judged.Head.Name).English));
        yield return Tag.Of("div", "columns", lists.OfType<XElement>());
    }

    private static XElement? Weak(ReportContent content, JudgedHead judged)
    {
        var training = content.Run?.TrainingLabels.GetValueOrDefault(judged.Head.Name);
        // What a label costs now: its missing F1, weighted by how often callers say it.
        var weak = judged.Tally.Rows().Where(row => row.Gold > 0 && row.F1 < Good)
            .OrderByDescending(row => (1 - row.F1) * Math.Sqrt(row.Gold)).Take(Shown).ToArray();
        return weak.Length == 0 ? null : List(
            Tag.Both("这些标签认得不好，请补充例句：", "These labels are recognized poorly; add examples:"),
            weak.Select(row =>
            {
                var (examples, rare) =
                    (training?.GetValueOrDefault(row.Label) ?? -1, training is not null && training.GetValueOrDefault(row.Label) < Enough);
                return Tag.Of("li", "", Tag.Of("b", "label", row.Label), " ", Tag.Both(
                    $"F1 {Tag.Whole(row.F1)}，测试 {Tag.Count(row.Gold)} 次"
                    + (examples < 0 ? "" : examples == 0 ? "，训练集中没有例子" : $"，训练例子 {Tag.Count(examples)} 个{(rare ? "，偏少" : "")}"),
                    $"F1 {Tag.Whole(row.F1)}, {Tag.Count(row.Gold)} in the test"
                    + (examples < 0
                        ? ""
                        : examples == 0
                            ? ", no training example"
                            : $", {Tag.Count(examples)} training examples{(rare ? ", which is few" : "")}")));
            }));
    }

    private static XElement? Confused(JudgedHead judged)
    {
        var pairs =
            ConfusionMatrix.Create(judged.Head, judged.Answers)?.Confused().Where(pair => pair.Count >= FewestConfused).Take(Shown)
                .ToArray() ?? [];
        return pairs.Length == 0 ? null : List(
            Tag.Both("这些标签常被混淆，请标注能区分它们的例句，或合并、改写标签的定义：",
                "These are taken for each other; label examples that tell them apart, or make their definitions clearer:"),
            pairs.Select(
                pair => Tag.Of("li", "", Tag.Of("b", "label", pair.Gold), " → ", Tag.Of("b", "label", pair.Answered), " ",
                    Tag.Both($"{pair.Count} 次", pair.Count + " times"))));
    }

    private static XElement? Unsure(ReportContent content, JudgedHead judged)
    {
        var threshold = Math.Max(content.Thresholds.GetValueOrDefault(judged.Head.Name), 0.5f);
        var unsure = judged.Answers.Where(answer => answer.Prediction.Confidence < threshold)
            .OrderBy(answer => answer.Prediction.Confidence)
            .DistinctBy(answer => answer.Utterance.Text).Take(Shown).ToArray();
        return unsure.Length == 0 ? null : List(
            Tag.Both("像这样的话，模型最拿不准：", "The model is least sure of utterances such as these:"),
            unsure.Select(answer => Tag.Of("li", "", MarkedText.Plain(content, answer.Utterance.Text), " ", Tag.Of("span", "note", Tag.Both(
                $"（把握 {Tag.Sure(answer.Prediction.Confidence)}）", $"({Tag.Sure(answer.Prediction.Confidence)} sure)")))));
    }

    private static XElement List(XElement[] title, IEnumerable<XElement> items) =>
        Tag.Of("div", "", Tag.Of("p", "", title), Tag.Of("ul", "", items));
}
