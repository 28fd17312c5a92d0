using System.Xml.Linq;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>How well what is out of scope is told apart, by the out-of-scope score and by the confidence alone.</summary>
internal static class ScopeTable
{
    /// <summary>Writes the section; <c>null</c> where the data have nothing out of scope.</summary>
    public static XElement? Write(ReportContent content) => content.Figures.OutOfScope is not { } scope ? null : Tag.Of(
        "section", "", Tag.Of("h2", "", Tag.Both("范围之外", "Out of scope")), Tag.Of("p", "note", Tag.Both(
            $"{Tag.Count(scope.OutOfScope)} 句话不属于任何意图。按设定的门槛，其中 {Tag.Percent(scope.AcceptedOutOfScope)} 仍被直接采用；" +
            $"{Tag.Count(scope.InScope)} 句属于某个意图的话里，采用 {Tag.Percent(scope.AcceptedInScope)}。",
            $"{Tag.Count(scope.OutOfScope)} utterances belong to no intent. At the thresholds that are set, " +
            $"{Tag.Percent(scope.AcceptedOutOfScope)} of them are accepted all the same, and {Tag.Percent(scope.AcceptedInScope)} of the " +
            $"{Tag.Count(scope.InScope)} that belong to one.")),
        Tag.Scrolling(Tag.Of(
            "table", "plain", Tag.Of("thead", "", Tag.Of(
                "tr", "", Column("", Tag.Both("依据", "By")),
                Column("number", Tag.Both("区分度 AUROC", "AUROC")),
                Column("number", Tag.Both("采用 95% 范围内的话时，找出范围外的比例", "Found where 95\u00A0% of those in scope are accepted")))),
            Tag.Of("tbody", "",
                scope.Score is { } score ? Row(Tag.Both("范围外分数", "Out-of-scope score"), score) : null,
                Row(Tag.Both("仅凭把握", "Confidence alone"), scope.Confidence)))));

    private static XElement Column(string style, XElement[] name) => Tag.Of("th", style, Tag.Attribute("scope", "col"), name);

    private static XElement Row(XElement[] name, ScopeFigures figures) => Tag.Of(
        "tr", "", Tag.Of("th", "", Tag.Attribute("scope", "row"), name), Tag.Of("td", "number", $"{figures.Auroc:0.000}"),
        Tag.Of("td", "number", Tag.Percent(figures.RecallAt95)));
}
