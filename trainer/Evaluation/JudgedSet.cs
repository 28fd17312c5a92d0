using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>All heads' answers to a labelled set.</summary>
/// <param name="Set">The set.</param>
/// <param name="Heads">In the task's order; heads without any annotation have no answers.</param>
internal sealed record JudgedSet(EvaluationSet Set, IReadOnlyList<JudgedHead> Heads)
{
    /// <summary>
    /// By utterance whether every annotated head is right, scores aside; <c>null</c> where nothing but scores is annotated.
    /// </summary>
    public IReadOnlyList<bool?> SentencesRight { get; } = Sentences(Set.Count, Heads);

    /// <summary>What was said of the utterances' scope; <c>null</c> where nobody asked, or the task has no head for it.</summary>
    public JudgedScope? Scope { get; init; }

    /// <summary>Decodes logits and puts the answers beside the annotation.</summary>
    /// <param name="task">Heads.</param>
    /// <param name="set">Utterances.</param>
    /// <param name="logits">By utterance and head.</param>
    /// <param name="temperatures">By head name; 1 where absent.</param>
    public static JudgedSet Create(
        TaskDefinition task, EvaluationSet set, IReadOnlyList<float[][]> logits, IReadOnlyDictionary<string, float> temperatures) =>
        new(set, [.. task.Heads.Select(
            (head, i) => HeadEvaluator.Judge(head, i, set, logits, temperatures.GetValueOrDefault(head.Name, 1)))]);

    /// <summary>The figures.</summary>
    /// <param name="precision">Name in the report.</param>
    /// <param name="intervals">With confidence intervals, which cost thousands of recounts.</param>
    public EvaluationReport Report(string precision, bool intervals)
    {
        bool[] right = [.. SentencesRight.OfType<bool>()];
        var heads = Heads.Where(head => head.Answers.Count > 0).Select(head => (head.Head.Name, head.Report(intervals)));
        return new EvaluationReport(precision, Set.Count, [.. heads], right.Length == 0
            ? double.NaN
            : (double)right.Count(yes => yes) / right.Length)
        {
            SentenceInterval = intervals && right.Length > 0
                ? Bootstrap.Intervals(right.Length, weights => [Share(right, weights)])[0]
                : null,
            OutOfScope = Scope?.Report(intervals),
        };
    }

    private static double Share(bool[] right, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < right.Length; i++)
            sum += right[i] ? weights[i] : 0;
        return (double)sum / right.Length;
    }

    private static bool?[] Sentences(int count, IReadOnlyList<JudgedHead> heads)
    {
        var right = new bool?[count];
        foreach (var answer in heads.Where(head => head.Head.Kind != HeadKind.Score).SelectMany(head => head.Answers))
            right[answer.Index] = (right[answer.Index] ?? true) && answer.Right;
        return right;
    }
}
