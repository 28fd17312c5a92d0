using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>One bar a label: its F1, and how many examples that rests on. A table, so that it reads aloud and copies well.</summary>
internal static class LabelBars
{
    private const int ShownAtOnce = 26;
    private const int Weakest = 12;
    private const int FewExamples = 3;

    /// <summary>Writes the bars of a head; <c>null</c> for scores.</summary>
    public static IEnumerable<XElement> Write(ReportContent content, JudgedHead judged)
    {
        if (judged.Head.Kind == HeadKind.Score)
            yield break;
        var training = content.Run?.TrainingLabels.GetValueOrDefault(judged.Head.Name);
        LabelRow[] rows = [
            .. judged.Tally.Rows().Where(row => row.Gold + row.Answered > 0).OrderByDescending(row => row.Gold)
                .ThenBy(row => row.Label, StringComparer.Ordinal)];
        if (rows.Length <= ShownAtOnce)
        {
            yield return Table(rows, training, Tag.Both("各标签的表现", "How well each label is recognized"));
            yield break;
        }
        var weakest = rows.Where(row => row.Gold >= FewExamples).OrderBy(row => row.F1).Take(Weakest).ToArray();
        if (weakest.Length > 0)
        {
            yield return Table(weakest, training, Tag.Both(
                $"{rows.Length} 个标签里最弱的 {weakest.Length} 个（测试集中至少出现 {FewExamples} 次）",
                $"The {weakest.Length} weakest of {rows.Length} labels (of those with {FewExamples} or more test examples)"));
        }
        yield return Tag.Of(
            "details", "", Tag.Of("summary", "", Tag.Both($"全部 {rows.Length} 个标签", $"All {rows.Length} labels")),
            Table(rows, training, Tag.Both("各标签的表现", "How well each label is recognized")));
    }

    private static XElement Table(LabelRow[] rows, IReadOnlyDictionary<string, int>? training, XElement[] caption) => Tag.Scrolling(
        Tag.Of(
            "table", "bars", Tag.Of("caption", "", caption),
            Tag.Of("thead", "", Tag.Of(
                "tr", "", Head("", Tag.Both("标签", "Label")), Head("", Tag.Both("F1", "F1")),
                Head("number wide", Tag.Both("准确率", "Precision")), Head("number wide", Tag.Both("召回率", "Recall")),
                Head("number", Tag.Both("测试", "Test")), training is null ? null : Head("number", Tag.Both("训练", "Training")))),
            Tag.Of("tbody", "", rows.Select(row => Tag.Of(
                "tr", "", Tag.Of("th", "label", Tag.Attribute("scope", "row"), row.Label),
                Tag.Of("td", "bar",
                    Tag.Of("span", "track", Tag.Of("span", "fill", Tag.Attribute("style", $"width:{Tag.Number(row.F1 * 100)}%"))),
                    Tag.Of("span", "value", Tag.Whole(row.F1))),
                Tag.Of("td", "number wide", row.Answered == 0 ? "–" : Tag.Whole(row.Precision)),
                Tag.Of("td", "number wide", row.Gold == 0 ? "–" : Tag.Whole(row.Recall)),
                Tag.Of("td", "number", Tag.Count(row.Gold)),
                training is null ? null : Tag.Of("td", "number", Tag.Count(training.GetValueOrDefault(row.Label))))))));

    private static XElement Head(string style, XElement[] words) => Tag.Of("th", style, Tag.Attribute("scope", "col"), words);
}
