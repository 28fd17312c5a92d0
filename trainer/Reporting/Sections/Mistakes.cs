using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>A head's worst mistakes: those that it was surest of; of a score, those that were furthest off.</summary>
internal static class Mistakes
{
    private const int Shown = 8;

    /// <summary>Writes the list; <c>null</c> where everything is right.</summary>
    public static XElement? Write(ReportContent content, JudgedHead judged)
    {
        var wrong = judged.Answers.Where(answer => !answer.Right).ToArray();
        if (wrong.Length == 0)
            return null;
        var worst = judged.Head.Kind == HeadKind.Score
            ? wrong.OrderByDescending(answer => Math.Abs(answer.GoldScore - answer.Prediction.Score!.Value))
            : wrong.OrderByDescending(answer => answer.Prediction.Confidence);
        return Tag.Of(
            "div", "mistakes", Tag.Of("h3", "", Tag.Both("最严重的错误", "Worst mistakes")), Tag.Of("p", "note", Tag.Both(
                judged.Head.Kind == HeadKind.Score
                ? $"共 {Tag.Count(wrong.Length)} 句相差超过 {DecodedAnswer.ScoreTolerance}；这里是差得最多的。"
                : $"共 {Tag.Count(wrong.Length)} 句答错；这里是模型最有把握却答错的。先看标注对不对。",
                judged.Head.Kind == HeadKind.Score
                ? $"{Tag.Count(wrong.Length)} utterances are off by more than {DecodedAnswer.ScoreTolerance}; these are furthest off."
                : $"{Tag.Count(wrong.Length)} utterances are wrong; of these the model was surest. Check the annotation first.")),
            Tag.Of("ol", "", worst.Take(Shown).Select(answer => Item(content, judged.Head, answer))));
    }

    private static XElement Item(ReportContent content, HeadDefinition head, JudgedAnswer answer)
    {
        var context = answer.Utterance.Context is { } earlier
            ? Tag.Of("p", "note", Tag.Both("上文：", "Context: "), MarkedText.Plain(content, earlier))
            : null;
        var sure = Tag.Of("span", "note", " ",
            Tag.Both($"（把握 {Tag.Sure(answer.Prediction.Confidence)}）", $"({Tag.Sure(answer.Prediction.Confidence)} sure)"));
        if (head.Kind == HeadKind.Span)
        {
            return Tag.Of(
                "li", "", context,
                Tag.Of("p", "", Tag.Of("b", "side", Tag.Both("标注", "Annotated")), " ",
                    MarkedText.Marked(content, answer.Utterance.Text, answer.Gold, answer.Answered)),
                Tag.Of("p", "", Tag.Of("b", "side", Tag.Both("回答", "Answered")), " ",
                    MarkedText.Marked(content, answer.Utterance.Text, answer.Answered, answer.Gold), sure));
        }
        var (gold, answered) = head.Kind == HeadKind.Score
            ? ($"{answer.GoldScore:0.00}", $"{answer.Prediction.Score:0.00}")
            : (Labels(answer.Gold), Labels(answer.Answered));
        return Tag.Of(
            "li", "", context, Tag.Of("p", "", MarkedText.Plain(content, answer.Utterance.Text)),
            Tag.Of("p", "", Tag.Both("标注 ", "Annotated "), Tag.Of("b", "", gold), Tag.Both("，回答 ", ", answered "),
                Tag.Of("b", "wrong", answered), head.Kind == HeadKind.Score ? null : sure));
    }

    private static string Labels(HashSet<(string Label, int Start, int End)> labels) =>
        labels.Count == 0 ? ConfusionMatrix.None : string.Join(", ", labels.Select(label => label.Label).Order(StringComparer.Ordinal));
}
