using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;

namespace Edge.Trainer.Evaluation;

/// <summary>An answer of one head beside the annotation, both as sets of labels with places.</summary>
internal sealed record JudgedAnswer
{
    /// <summary>Number of the utterance in its set.</summary>
    public required int Index { get; init; }

    /// <summary>The utterance as annotated.</summary>
    public required LabelledUtterance Utterance { get; init; }

    /// <summary>What the head says.</summary>
    public required HeadPrediction Prediction { get; init; }

    /// <summary>Annotated labels; of a <c>span</c> head with their places, otherwise with the places 0 and 0. Empty for scores.</summary>
    public required HashSet<(string Label, int Start, int End)> Gold { get; init; }

    /// <summary>Answered labels, in the same form.</summary>
    public required HashSet<(string Label, int Start, int End)> Answered { get; init; }

    /// <summary>The annotated value of a score; 0 for others.</summary>
    public double GoldScore { get; init; }

    /// <summary>
    /// True where the head says exactly what the annotation says; for scores, within <see cref="DecodedAnswer.ScoreTolerance"/> of it.
    /// </summary>
    public required bool Right { get; init; }

    /// <summary>Puts an answer beside the annotation.</summary>
    public static JudgedAnswer Create(HeadDefinition head, int index, LabelledUtterance utterance, HeadPrediction prediction)
    {
        var gold = head.Kind switch
        {
            HeadKind.Single => Plain([utterance.Single[head.Name]]),
            HeadKind.Multi => Plain(utterance.Multi[head.Name]),
            HeadKind.Span => Placed(utterance.Spans[head.Name]),
            _ => [],
        };
        var answered = head.Kind switch
        {
            HeadKind.Single => Plain([prediction.Label!]),
            HeadKind.Multi => Plain(prediction.Labels),
            HeadKind.Span => Placed(prediction.Spans),
            _ => [],
        };
        var score = head.Kind == HeadKind.Score ? utterance.Scores[head.Name] : 0;
        return new JudgedAnswer
        {
            Index = index,
            Utterance = utterance,
            Prediction = prediction,
            Gold = gold,
            Answered = answered,
            GoldScore = score,
            Right = head.Kind == HeadKind.Score
                ? Math.Abs(score - prediction.Score!.Value) <= DecodedAnswer.ScoreTolerance
                : gold.SetEquals(answered),
        };
    }

    private static HashSet<(string, int, int)> Plain(IReadOnlyList<string> labels) => [.. labels.Select(label => (label, 0, 0))];

    // Strict, as in CoNLL's evaluation: label, start and end must all agree.
    private static HashSet<(string, int, int)> Placed(IReadOnlyList<EntitySpan> spans) =>
        [.. spans.Select(span => (span.Label, span.Start, span.End))];
}
