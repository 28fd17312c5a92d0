using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>The figures on utterances that were made harder, beside the clean ones.</summary>
internal static class StressTable
{
    /// <summary>Writes the section; <c>null</c> where no stress set was measured.</summary>
    public static XElement? Write(ReportContent content)
    {
        if (content.Stress.Count == 0)
            return null;
        var heads = content.Figures.Heads;
        return Tag.Of(
            "section", "", Tag.Of("h2", "", Tag.Both("压力测试", "Stress set")), Tag.Of("p", "note", Tag.Both(
                "同一批测试语句，改成更难的说法后再测。下降越多，那种说法越值得补充语料。",
                "The same utterances, made harder in several ways. The larger the drop, the more such speech is worth labelling.")),
            Tag.Scrolling(Tag.Of(
                "table", "plain", Tag.Of("thead", "", Tag.Of(
                    "tr", "", Tag.Of("th", "", Tag.Attribute("scope", "col"), Tag.Both("语句", "Utterances")),
                    Tag.Of("th", "number count", Tag.Attribute("scope", "col"), Tag.Both("数量", "Count")),
                    heads.Select(head => Tag.Of("th", "number", Tag.Attribute("scope", "col"), Tag.Both(
                        $"{HeadWords.Name(head.Name).Chinese} {HeadWords.MainFigure(head.Report.Kind).Chinese}",
                        $"{HeadWords.Name(head.Name).English} {HeadWords.MainFigure(head.Report.Kind).English}"))),
                    content.HasSentences
                    ? Tag.Of("th", "number", Tag.Attribute("scope", "col"), Tag.Both("整句全对", "Whole utterance"))
                    : null)),
                Tag.Of("tbody", "", Row(content, Tag.Both("原样", "As they are"), content.Figures),
                    content.Stress.Select(stress => Row(content, Name(stress.Kind), stress.Report))))));
    }

    private static XElement Row(ReportContent content, XElement[] name, EvaluationReport report) => Tag.Of(
        "tr", "", Tag.Of("th", "", Tag.Attribute("scope", "row"), name), Tag.Of("td", "number count", Tag.Count(report.Count)),
        content.Figures.Heads.Select(
            head => Cell(
                head.Report.Kind, head.Report.Main, report.Head(head.Name)?.Main ?? double.NaN, ReferenceEquals(content.Figures, report))),
        content.HasSentences
        ? Cell(HeadKind.Single, content.Figures.SentenceAccuracy, report.SentenceAccuracy, ReferenceEquals(content.Figures, report))
        : null);

    private static XElement Cell(HeadKind kind, double clean, double value, bool isClean) => Tag.Of(
        "td", "number", double.IsNaN(value) ? "–" : kind == HeadKind.Score ? $"{value:0.000}" : Tag.Percent(value),
        isClean || double.IsNaN(value)
        ? null
        : Tag.Of("small", "change",
            kind == HeadKind.Score ? $"{value - clean:+0.000;−0.000;0.000}" : $"{(value - clean) * 100:+0.0;−0.0;0.0}"));

    private static XElement[] Name(string kind) => kind switch
    {
        "colloquial" => Tag.Both("口语化", "Colloquial"),
        "typos" => Tag.Both("错别字", "Typos"),
        "long" => Tag.Both("长句", "Long"),
        "asr" => Tag.Both("语音识别噪声", "Speech recognition noise"),
        _ => Tag.Both(kind, kind),
    };
}
