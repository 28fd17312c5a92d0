using Edge.Trainer.Data;
using Edge.Trainer.Data.Stress;

namespace Edge.Trainer.Evaluation;

/// <summary>Measures a model on the stress sets of labelled utterances.</summary>
internal static class StressFigures
{
    private const int Seed = 1; // the same utterances are made harder in the same way, so that bundles can be compared

    /// <summary>Figures by kind of stress, without confidence intervals.</summary>
    /// <param name="utterances">Labelled utterances.</param>
    /// <param name="language">Their language.</param>
    /// <param name="precision">Name in the reports.</param>
    /// <param name="judge">Answers utterances.</param>
    public static IReadOnlyList<StressResult> Measure(
        IReadOnlyList<LabelledUtterance> utterances, string language, string precision,
        Func<IReadOnlyList<LabelledUtterance>, JudgedSet> judge) =>
        [.. StressSet.Create(utterances, language, Seed)
            .Select(set => new StressResult(set.Key, judge(set.Value).Report(precision, intervals: false)))];
}
