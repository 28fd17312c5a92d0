using Edge.Bundles;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>What a bundle says of utterances that are known to be in scope or out of it.</summary>
/// <param name="Answers">One an utterance.</param>
internal sealed record JudgedScope(IReadOnlyList<ScopeAnswer> Answers)
{
    /// <summary>Judges utterances.</summary>
    /// <param name="task">Heads.</param>
    /// <param name="set">The utterances; those that do not annotate the scope's head do not count.</param>
    /// <param name="logits">By utterance and head.</param>
    /// <param name="norms">Norm of each pooled vector.</param>
    /// <param name="entry">Temperatures, thresholds and score.</param>
    /// <returns><c>null</c> where the task has no head for the scope.</returns>
    public static JudgedScope? Create(
        TaskDefinition task, EvaluationSet set, IReadOnlyList<float[][]> logits, IReadOnlyList<double> norms, PrecisionEntry entry)
    {
        var index = OutOfScope.HeadIndex(task);
        if (index < 0)
            return null;
        var head = task.Heads[index];
        var measures = ScopeMeasures.Of(task, set.Examples, logits, norms, entry.TemperatureOf(head.Name));
        var answers = new List<ScopeAnswer>();
        for (var i = 0; i < set.Count; i++)
        {
            if (!HeadEvaluator.IsAnnotated(head, set.Utterances[i]))
                continue;
            double? sum = entry.OutOfScope is { } score ? measures[i].SumBy(score) : null;
            var accepted = measures[i].Confidence >= entry.ThresholdOf(head.Name)
                && !(entry.OutOfScope is { } known && known.ScoreOf(sum!.Value) >= known.Threshold);
            answers.Add(new ScopeAnswer(set.Examples[i].OutOfScopeOf == index, measures[i].Confidence, sum, accepted));
        }
        return new JudgedScope(answers);
    }

    /// <summary>The figures; <c>null</c> where no utterance is out of scope, or none in it.</summary>
    /// <param name="intervals">With confidence intervals.</param>
    public ScopeReport? Report(bool intervals)
    {
        var outside = Answers.Count(answer => answer.IsOut);
        if (outside == 0 || outside == Answers.Count)
            return null;
        bool[] isOut = [.. Answers.Select(answer => answer.IsOut)];
        return new ScopeReport
        {
            OutOfScope = outside,
            InScope = Answers.Count - outside,
            Score = Answers[0].Score is null ? null : Figures(answer => answer.Score!.Value),
            Confidence = Figures(answer => -answer.Confidence),
            AcceptedOutOfScope = Accepted(true),
            AcceptedInScope = Accepted(false),
        };

        ScopeFigures Figures(Func<ScopeAnswer, double> score) =>
            ScopeFigures.Of(new Separation([.. Answers.Select(score)], isOut), Answers.Count, intervals);

        double Accepted(bool ofThoseOutside) =>
            Answers.Where(answer => answer.IsOut == ofThoseOutside).Average(answer => answer.Accepted ? 1.0 : 0);
    }
}
