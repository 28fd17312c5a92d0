using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>One head's answers to a labelled set, and every view of them.</summary>
/// <param name="Head">The head.</param>
/// <param name="Answers">Answers to the utterances that annotate it, in the set's order.</param>
internal sealed record JudgedHead(HeadDefinition Head, IReadOnlyList<JudgedAnswer> Answers)
{
    private static readonly string[] WithoutInterval = ["microF1", "mse"]; // equal to another figure, or its square

    /// <summary>What each utterance adds to the counts.</summary>
    public HeadTally Tally { get; } = new(Head, Answers);

    /// <summary>Confidence of each answer, and whether it is right.</summary>
    public IReadOnlyList<(float Confidence, bool Right)> Confidences { get; } =
        [.. Answers.Select(answer => (answer.Prediction.Confidence, answer.Right))];

    /// <summary>How right the answers are when only confident ones are accepted.</summary>
    public CoverageCurve Coverage => CoverageCurve.Create(Confidences);

    /// <summary>The head's figures.</summary>
    /// <param name="intervals">With confidence intervals, and with the calibration error that chance alone gives: thousands of
    /// recounts.</param>
    public HeadReport Report(bool intervals)
    {
        var figures = Tally.Figures();
        return new HeadReport(Head.Kind, Answers.Count, [.. figures, .. Confidence(intervals)])
        {
            Intervals = intervals && Answers.Count > 0 ? Intervals([.. figures.Select(figure => figure.Name)]) : [],
        };
    }

    private List<(string, Interval)> Intervals(string[] names)
    {
        var wanted = Enumerable.Range(0, names.Length).Where(i => !WithoutInterval.Contains(names[i])).ToArray();
        var found = Bootstrap.Intervals(Answers.Count, weights =>
        {
            var figures = Tally.Figures(weights);
            return Array.ConvertAll(wanted, i => figures[i].Value);
        });
        return [.. wanted.Select((figure, i) => (names[figure], found[i]))];
    }

    private IEnumerable<(string Name, double Value)> Confidence(bool withChance)
    {
        if (Head.Kind == HeadKind.Score)
        {
            yield return ("spearman",
                ScoreFigures.Spearman([.. Answers.Select(a => a.GoldScore)], [.. Answers.Select(a => (double)a.Prediction.Score!.Value)]));
            yield break;
        }
        yield return ("ece", CalibrationError.Compute(Confidences));
        if (withChance)
            yield return ("eceByChance", CalibrationError.ByChance(Confidences));
        if (Head.Kind == HeadKind.Span)
        {
            var entities =
                Answers.SelectMany(
                    answer => answer.Prediction.Spans.Select(
                        span => (span.Confidence, answer.Gold.Contains((span.Label, span.Start, span.End)))));
            yield return ("entityEce", CalibrationError.Compute([.. entities]));
        }
        yield return ("aurc", Coverage.Area);
    }
}
