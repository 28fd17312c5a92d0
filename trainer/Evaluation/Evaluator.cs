using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>Judges the logits of all heads.</summary>
internal static class Evaluator
{
    /// <summary>Decodes logits at the given temperatures and counts.</summary>
    /// <param name="precision">Name in the report.</param>
    /// <param name="task">Heads.</param>
    /// <param name="set">Utterances.</param>
    /// <param name="logits">By utterance and head.</param>
    /// <param name="temperatures">By head name; 1 where absent.</param>
    public static EvaluationReport Evaluate(
        string precision, TaskDefinition task, EvaluationSet set, IReadOnlyList<float[][]> logits, IReadOnlyDictionary<string, float> temperatures)
    {
        var heads = new List<(string, HeadReport)>();
        var wrong = new bool[set.Count];
        var judged = new bool[set.Count];
        for (var i = 0; i < task.Heads.Count; i++)
        {
            var head = task.Heads[i];
            var answers = HeadEvaluator.Decode(head, i, set, logits, temperatures.GetValueOrDefault(head.Name, 1));
            var report = HeadEvaluator.Report(head, set, answers);
            if (report.Count > 0)
                heads.Add((head.Name, report));
            if (head.Kind == HeadKind.Score)
                continue;
            for (var utterance = 0; utterance < answers.Count; utterance++)
            {
                judged[utterance] |= answers[utterance] is not null;
                wrong[utterance] |= answers[utterance] is { Right: false };
            }
        }
        var counted = judged.Count(yes => yes);
        var right = judged.Zip(wrong, (isJudged, isWrong) => isJudged && !isWrong).Count(yes => yes);
        return new EvaluationReport(precision, set.Count, heads, counted == 0 ? 0 : (double)right / counted);
    }
}
