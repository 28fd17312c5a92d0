using System.Globalization;
using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;
using Edge.Trainer.Reporting.Sections;

namespace Edge.Trainer.Reporting;

/// <summary>
/// The report: one file without scripts and without anything that is fetched. Both languages are in it; two radio buttons before
/// the content switch between them by style alone.
/// </summary>
internal static class ReportPage
{
    private static readonly Lazy<string> Style = new(() =>
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("Reporting/report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>Writes the report to a file.</summary>
    public static void Write(string path, ReportContent content) => HtmlFile.Write(path, Create(content));

    /// <summary>Builds the report.</summary>
    public static XElement Create(ReportContent content)
    {
        var heads = content.Judged.Heads.Where(head => head.Answers.Count > 0).ToArray();
        return Tag.Of(
            "html", "", Tag.Attribute("lang", content.IsChinese ? "zh" : "en"),
            Tag.Of(
                "head", "", Tag.Of("meta", "", Tag.Attribute("charset", "utf-8")),
                Tag.Of("meta", "", Tag.Attribute("name", "viewport"), Tag.Attribute("content", "width=device-width, initial-scale=1")),
                Tag.Of("title", "", content.IsChinese ? "模型报告" : "Model report"), Tag.Of("style", "", Style.Value)),
            Tag.Of(
                "body", "",
                Tag.Of("nav", "", Tag.Attribute("aria-label", content.IsChinese ? "语言" : "Language"),
                    Switch("zh", "中文", content.IsChinese), Switch("en", "English", !content.IsChinese)),
                Tag.Of(
                    "main", "", Header(content), Headline.Write(content), StressTable.Write(content), ScopeTable.Write(content),
                    NextToLabel.Write(content),
                    heads.Select(head => Head(content, head)),
                    TrainingCurves.Write(content), Glossary.Write(), Footer())));
    }

    private static XElement[] Switch(string language, string name, bool isChosen) =>
    [
        Tag.Of(
            "input", "", Tag.Attribute("type", "radio"), Tag.Attribute("name", "language"), Tag.Attribute("id", $"show-{language}"),
            isChosen ? Tag.Attribute("checked", "checked") : null),
        Tag.Of("label", "switch", Tag.Attribute("for", $"show-{language}"), Tag.Attribute("lang", language), name),
    ];

    private static XElement Header(ReportContent content)
    {
        var when = content.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
        var (count, data, precision) = (Tag.Count(content.Figures.Count), content.Data, content.Figures.Precision.ToUpperInvariant());
        return Tag.Of(
            "header", "", Tag.Of("h1", "", Tag.Both("模型报告", "Model report")), Tag.Of("p", "note",
                content.BundleId is null
                    ? Tag.Both($"在训练时没有用过的 {count} 句话上测得（{data}，{precision}）。{when}",
                        $"Measured on {count} utterances that were not used in training ({data}, {precision}). {when}")
                    : Tag.Both($"在 {count} 句话上测得（{data}，{precision}）。{when}",
                        $"Measured on {count} utterances ({data}, {precision}). {when}"),
                content.BundleId is { } id ? Tag.Of("span", "", " · ", id) : null));
    }

    private static XElement Head(ReportContent content, JudgedHead judged) => Tag.Of(
        "section", "", Tag.Of("h2", "", Tag.Both(HeadWords.Name(judged.Head.Name).Chinese, HeadWords.Name(judged.Head.Name).English)),
        Tag.Of("p", "note", Kind(judged)),
        LabelBars.Write(content, judged), ConfusionHeatMap.Write(judged), ConfidenceCharts.Write(content, judged),
        ScoreChart.Write(content, judged), Mistakes.Write(content, judged));

    private static XElement[] Kind(JudgedHead judged)
    {
        var (count, labels) = (Tag.Count(judged.Answers.Count), judged.Head.Labels.Count);
        return judged.Head.Kind switch
        {
            HeadKind.Single =>
                Tag.Both($"每句话从 {labels} 个标签里选一个；{count} 句有标注。", $"One of {labels} labels for each utterance; {count} are annotated."),
            HeadKind.Multi =>
                Tag.Both($"每句话可有任意多个标签，共 {labels} 个；{count} 句有标注。", $"Any of {labels} labels for each utterance; {count} are annotated."),
            HeadKind.Span =>
                Tag.Both($"在句中找出 {labels} 类实体；{count} 句有标注。", $"Finds entities of {labels} labels; {count} utterances are annotated."),
            _ => Tag.Both($"给每句话打 0 到 1 的分；{count} 句有标注。", $"A number from 0 to 1 for each utterance; {count} are annotated."),
        };
    }

    private static XElement Footer() => Tag.Of("footer", "", Tag.Of("p", "note", Tag.Both(
        "报告中的电话、证件号、卡号、邮箱等个人信息已替换为同样格式的假数据；姓名和自由描述的地址不在替换之列，转发前请留意。",
        "Telephone, identity and card numbers, e-mail addresses and the like were replaced by invented ones of the same form. Names and " +
        "places in free words were not: mind that before you pass the report on.")));
}
