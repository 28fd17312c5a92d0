using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Training;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>How good the teachers are whose answers a student learns: what the student is measured against.</summary>
internal static class TeacherFigures
{
    /// <summary>Figures of the teachers' mean logits on the test split.</summary>
    /// <param name="teachers">The teachers.</param>
    /// <param name="temperatures">Their <see cref="Temperatures"/>, as a student has its own.</param>
    /// <param name="test">The test split.</param>
    /// <param name="context">What the phases share.</param>
    public static EvaluationReport Measure(
        IReadOnlyList<BertTaskModel> teachers, IReadOnlyDictionary<string, float> temperatures, EvaluationSet test, TrainingContext context) =>
        Evaluator.Evaluate("teacher", context.Task, test, Mean(teachers, test, context), temperatures);

    /// <summary>Temperatures by head that make the teachers' mean logits honest on dev.</summary>
    public static IReadOnlyDictionary<string, float> Temperatures(IReadOnlyList<BertTaskModel> teachers, EvaluationSet dev, TrainingContext context) =>
        TemperatureFitting.Fit(context.Task, dev.Examples, Mean(teachers, dev, context));

    private static float[][][] Mean(IReadOnlyList<BertTaskModel> teachers, EvaluationSet set, TrainingContext context)
    {
        var all = teachers.Select(teacher => ModelLogits.Compute(teacher, set.Examples, context)).ToArray();
        return [.. Enumerable.Range(0, set.Count).Select(i => Enumerable.Range(0, context.Task.Heads.Count)
            .Select(head => Enumerable.Range(0, all[0][i][head].Length).Select(value => all.Average(logits => logits[i][head][value])).ToArray()).ToArray())];
    }
}
