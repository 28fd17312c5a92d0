using System.Xml.Linq;
using Edge.Trainer.Distillation;
using Edge.Trainer.Distillation.Terms;
using Edge.Trainer.Reporting.Charts;
using Edge.Trainer.Reporting.Content;
using Edge.Trainer.Reporting.Html;
using Edge.Trainer.Training;
using Edge.Trainer.Training.History;
using Edge.Trainer.Training.MaskedLanguage;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>How training went: the loss of every phase with its terms, and the dev scores on the way.</summary>
internal static class TrainingCurves
{
    /// <summary>Writes the section; <c>null</c> for bundles that do not say how they were trained.</summary>
    public static XElement? Write(ReportContent content)
    {
        if (content.Run is not { Phases.Count: > 0 } run)
            return null;
        return Tag.Of(
            "section", "", Tag.Of("h2", "", Tag.Both("训练过程", "How it was trained")), Tag.Of("p", "note", Tag.Both(
                $"用时 {run.Minutes:0.0} 分钟，随机种子 {run.Seed}。损失越低越好；开发集得分是各项主要指标的平均，保留后期得分最高时的模型。",
                $"{run.Minutes:0.0} minutes, seed {run.Seed}. Losses fall as the model learns. The dev score is the mean of the heads' " +
                "main figures; the model that did best near the end is kept.")),
            run.Phases.Select((phase, i) => Phase(phase, i)));
    }

    private static XElement? Phase(PhaseRecord phase, int number)
    {
        if (phase.Losses.Count == 0 || phase.Losses[0].Steps.Count < 2)
            return null;
        var lossId = $"loss-{number}";
        var lastStep = phase.Losses.Concat([phase.DevScore]).Where(curve => curve.Steps.Count > 0).Max(curve => curve.Steps[^1]);
        var lines = phase.Losses.Select(curve => new ChartLine(curve.Name, Smooth(curve)) { Chinese = Term(curve.Name) }).ToArray();
        var loss = new LineChart
        {
            Lines = lines,
            Horizontal = ("训练步数", "training steps"),
            X = (0, lastStep),
            Y = (0, Math.Max(1e-6, lines.Max(line => line.Points.Max(point => point.Y)) * 1.05)),
        };
        var figure = Tag.Of("figure", "",
            Tag.Of("figcaption", "", Tag.Attribute("id", lossId),
                Tag.Of("h3", "", Tag.Both($"损失：{Name(phase.Name)}", $"Loss: {phase.Name}"))), loss.Draw(lossId),
                lines.Length > 1 ? loss.Legend() : null);
        return Tag.Of("div", "pair", figure, Score(phase, number, lastStep));
    }

    private static XElement? Score(PhaseRecord phase, int number, double lastStep)
    {
        if (phase.DevScore.Steps.Count == 0)
            return null;
        var id = $"score-{number}";
        var values = phase.DevScore.Values;
        var chart = new LineChart
        {
            Lines = [new ChartLine("", [.. phase.DevScore.Steps.Zip(values)]) { Dots = true }],
            Horizontal = ("训练步数", "training steps"),
            X = (0, lastStep),
            Y = (Math.Floor(Math.Max(0, values.Min() - 0.01) * 20) / 20, Math.Min(1, Math.Ceiling((values.Max() + 0.01) * 20) / 20)),
            PercentY = true,
        };
        return Tag.Of("figure", "", Tag.Of("figcaption", "", Tag.Attribute("id", id), Tag.Of("h3", "", Tag.Both(
            $"开发集得分：最高 {Tag.Percent(values.Max())}", $"Dev score: best {Tag.Percent(values.Max())}"))), chart.Draw(id));
    }

    // Single steps are noisy: each point is the mean of its neighbours, a fortieth of the curve on both sides.
    private static (double X, double Y)[] Smooth(CurveRecord curve)
    {
        var (steps, values) = (curve.Steps, curve.Values);
        var reach = steps.Count / 40;
        return [.. steps.Select((step, i) =>
        {
            var near = Math.Min(reach, Math.Min(i, steps.Count - 1 - i));
            return (step, values.Skip(i - near).Take((2 * near) + 1).Average());
        })];
    }

    /// <summary>A loss term in Chinese; heads that the product does not know keep their own name.</summary>
    /// <param name="name">Name of the term, which is what it is called in English.</param>
    internal static string Term(string name) => name switch
    {
        PhaseCurves.TotalLoss => "加权总和",
        Pretrainer.Term => "遮盖词",
        IntermediateLayerLosses.HiddenTerm => "隐层",
        IntermediateLayerLosses.RelationTerm => "关系",
        IntermediateLayerLosses.AttentionTerm => "注意力",
        _ when name.EndsWith(SoftLosses.Suffix, StringComparison.Ordinal) =>
            HeadWords.Name(name[..^SoftLosses.Suffix.Length]).Chinese + "（软标签）",
        _ => HeadWords.Name(name).Chinese,
    };

    /// <summary>A phase in Chinese.</summary>
    /// <param name="phase">Name of the phase, which is what it is called in English.</param>
    internal static string Name(string phase) => phase switch
    {
        PhaseNames.Pretraining => "预训练",
        PhaseNames.StudentPretraining => "学生模型的预训练",
        PhaseNames.Teacher => "教师模型",
        PhaseNames.Student => "学生模型",
        PhaseNames.Training => "训练",
        PhaseNames.QuantizationAware => "量化感知训练",
        _ when phase.StartsWith(PhaseNames.Teacher + " ", StringComparison.Ordinal) && phase.Split(' ') is [_, var which, "of", var all] =>
            $"教师模型 {which}/{all}",
        _ => phase,
    };
}
