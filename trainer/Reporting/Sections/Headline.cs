using System.Text.Json.Nodes;
using System.Xml.Linq;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>The figures that matter, each with a sentence that says what it means, and the student beside its teacher.</summary>
internal static class Headline
{
    /// <summary>Writes the section.</summary>
    public static XElement Write(ReportContent content)
    {
        var cards = content.Judged.Heads.Where(head => head.Answers.Count > 0).Select(head => Card(content, head)).ToList();
        if (content.HasSentences)
            cards.Add(SentenceCard(content.Figures));
        return Tag.Of(
            "section", "", Tag.Of("h2", "", Tag.Both("结论", "In short")), Tag.Of("div", "cards", cards), Comparison(content));
    }

    private static XElement Card(ReportContent content, JudgedHead judged)
    {
        var (head, report) = (judged.Head, content.Figures.Head(judged.Head.Name)!);
        var (chinese, english) = HeadWords.Name(head.Name);
        var text = head.Kind switch
        {
            HeadKind.Single => Tag.Both(
                $"每 100 句话里，约有 {Tag.Whole(report.Main)} 句的{chinese}判断正确。",
                $"Of 100 utterances, about {Tag.Whole(report.Main)} get the right answer."),
            HeadKind.Score => Tag.Both(
                $"打分（0 到 1）与人工标注平均相差 {report.Main:0.00}。",
                $"Its score (0 to 1) is {report.Main:0.00} away from the annotation on average."),
            HeadKind.Span => Tag.Both(
                $"每 100 个实体，找对 {Tag.Whole(report["recall"])} 个；每报出 100 个，有 {Tag.Whole(report["precision"])} 个完全正确（类型和起止位置都对）。",
                $"Of 100 entities, {Tag.Whole(report["recall"])} are found; of 100 that it " +
                $"reports, {Tag.Whole(report["precision"])} are right in label, start and end."),
            _ => Tag.Both(
                $"每 100 个应有的标签，给出 {Tag.Whole(report["recall"])} 个；每给出 100 个，有 {Tag.Whole(report["precision"])} 个正确。",
                $"Of 100 labels that should be given, {Tag.Whole(report["recall"])} are; of 100 that " +
                $"it gives, {Tag.Whole(report["precision"])} are right."),
        };
        return Tag.Of(
            "div", "card", Tag.Of("h3", "", Tag.Both(chinese, english)),
            Tag.Of("p", "big", Value(head.Kind, report.Main), " ",
                Tag.Of("small", "", Tag.Both(HeadWords.MainFigure(head.Kind).Chinese, HeadWords.MainFigure(head.Kind).English))),
            Tag.Of("p", "", text), Interval(head.Kind, report.IntervalOf(HeadReport.MainFigure(head.Kind))), Accepted(content, judged));
    }

    private static XElement SentenceCard(EvaluationReport report) => Tag.Of(
        "div", "card", Tag.Of("h3", "", Tag.Both("整句", "Whole utterance")), Tag.Of("p", "big", Tag.Percent(report.SentenceAccuracy)),
        Tag.Of("p", "", Tag.Both(
            $"每 100 句话里，约有 {Tag.Whole(report.SentenceAccuracy)} 句的所有判断都正确。",
            $"Of 100 utterances, about {Tag.Whole(report.SentenceAccuracy)} are right in everything.")),
        Interval(HeadKind.Single, report.SentenceInterval));

    private static XElement? Interval(HeadKind kind, Interval? interval) => interval is not { } found ? null : Tag.Of("p", "note", Tag.Both(
        $"样本有限：真实水平有 95% 的把握在 {Value(kind, found.Low)} 到 {Value(kind, found.High)} 之间。",
        $"With this many examples, the true figure lies between {Value(kind, found.Low)} and {Value(kind, found.High)} with 95\u00A0% " +
        "certainty."));

    private static XElement? Accepted(ReportContent content, JudgedHead judged)
    {
        if (judged.Head.Kind == HeadKind.Score)
            return null;
        var point = judged.Coverage.At(content.Thresholds.GetValueOrDefault(judged.Head.Name));
        return Tag.Of("p", "note",
            point.Coverage >= 1 ? Tag.Both("按设定的门槛，所有答案都直接采用。", "At the threshold that is set, all its answers are accepted.") : Tag.Both(
            $"按设定的门槛，{Tag.Percent(point.Coverage)} 的答案直接采用，其中 {Tag.Percent(point.Accuracy)} 正确；其余作为不确定案例交人工复核。",
            $"At the threshold that is set, {Tag.Percent(point.Coverage)} of its answers are " +
            $"accepted, and {Tag.Percent(point.Accuracy)} of those are right; the others go to review as uncertain cases."));
    }

    private static XElement? Comparison(ReportContent content)
    {
        var teacher = content.Run?.Teacher;
        if (content.OtherPrecisions.Count == 0 && teacher is null)
            return null;
        var heads = content.Figures.Heads;
        var rows = new List<XElement>
        {
            Row(Model(content.Figures.Precision), content.Figures.Heads.Select(head => head.Report.Main), content.Figures)
        };
        rows.AddRange(
            content.OtherPrecisions.Select(
                other => Row(Model(other.Precision), heads.Select(head => other.Head(head.Name)?.Main ?? double.NaN), other)));
        if (teacher is not null)
            rows.Add(Row(Tag.Both("教师模型", "Teacher"),
                heads.Select(head => Figure(teacher, head.Name, HeadReport.MainFigure(head.Report.Kind))), null,
                Number(teacher["sentenceAccuracy"])));
        return Tag.Scrolling(
            Tag.Of(
                "table", "plain", Tag.Of("caption", "", Tag.Both("同一批语句，不同的模型文件", "The same utterances by each model file")),
                Tag.Of("thead", "", Tag.Of(
                    "tr", "", Tag.Of("th", "", Tag.Attribute("scope", "col"), Tag.Both("模型", "Model")),
                    heads.Select(head => Tag.Of("th", "number", Tag.Attribute("scope", "col"), Tag.Both(
                        $"{HeadWords.Name(head.Name).Chinese} {HeadWords.MainFigure(head.Report.Kind).Chinese}",
                        $"{HeadWords.Name(head.Name).English} {HeadWords.MainFigure(head.Report.Kind).English}"))),
                    content.HasSentences
                    ? Tag.Of("th", "number", Tag.Attribute("scope", "col"), Tag.Both("整句全对", "Whole utterance"))
                    : null)),
                Tag.Of("tbody", "", rows)),
            Quantization(content));

        XElement Row(XElement[] name, IEnumerable<double> values, EvaluationReport? report, double sentence = double.NaN) => Tag.Of(
            "tr", "", Tag.Of("th", "", Tag.Attribute("scope", "row"), name),
            values.Zip(heads, (value, head) => Tag.Of("td", "number", Value(head.Report.Kind, value))),
            content.HasSentences ? Tag.Of("td", "number", Value(HeadKind.Single, report?.SentenceAccuracy ?? sentence)) : null);
    }

    private static XElement? Quantization(ReportContent content) => content.Run?.Quantization is { Count: > 0 } lines
        ? Tag.Of(
            "details", "",
            Tag.Of("summary", "",
                Tag.Both("为减少量化损失所做的尝试，以及测试集上超出允许值的损失（英文日志）",
                    "What was tried so that quantization loses little, and losses on test beyond what is allowed (lines of the log)")),
            Tag.Of("ul", "", Tag.Attribute("lang", "en"), lines.Select(line => Tag.Of("li", "", line))))
        : null;

    private static XElement[] Model(string precision) =>
        Tag.Both($"学生模型 {precision.ToUpperInvariant()}", $"Student {precision.ToUpperInvariant()}");

    private static double Figure(JsonObject report, string head, string figure) => Number(report["heads"]?[head]?[figure]);

    private static double Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN;

    private static string Value(HeadKind kind, double value) =>
        double.IsNaN(value) ? "–" : kind == HeadKind.Score ? $"{value:0.000}" : Tag.Percent(value);
}
