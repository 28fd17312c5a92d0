using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Data;

namespace Edge.Trainer.Evaluation;

/// <summary>Decodes and judges one head, the way answers are decoded in service.</summary>
internal static class HeadEvaluator
{
    /// <summary>Decodes every utterance that annotates the head.</summary>
    /// <returns>By utterance; <c>null</c> where the head is not annotated.</returns>
    public static IReadOnlyList<DecodedAnswer?> Decode(
        HeadDefinition head, int headIndex, EvaluationSet set, IReadOnlyList<float[][]> logits, float temperature)
    {
        var answers = new DecodedAnswer?[set.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            if (!IsAnnotated(head, set.Utterances[i]))
                continue;
            var prediction = HeadDecoder.Decode(head, logits[i][headIndex], set.Examples[i].Encoded, temperature);
            answers[i] = new DecodedAnswer(prediction, IsRight(head, set.Utterances[i], prediction));
        }
        return answers;
    }

    /// <summary>Figures of decoded answers.</summary>
    public static HeadReport Report(HeadDefinition head, EvaluationSet set, IReadOnlyList<DecodedAnswer?> answers)
    {
        var annotated = new List<(LabelledUtterance Utterance, DecodedAnswer Answer)>();
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i] is { } answer)
                annotated.Add((set.Utterances[i], answer));
        }

        var counts = new LabelCounts();
        foreach (var (utterance, answer) in annotated)
            Count(head, utterance, answer.Prediction, counts);
        var error = CalibrationError.Compute([.. annotated.Select(a => (a.Answer.Prediction.Confidence, a.Answer.Right))]);
        (string, double)[] metrics = head.Kind switch
        {
            HeadKind.Single => [("accuracy", Share(annotated)), ("macroF1", counts.MacroF1), ("ece", error)],
            HeadKind.Multi =>
            [
                ("precision", counts.Precision), ("recall", counts.Recall), ("f1", counts.F1), ("macroF1", counts.MacroF1),
                ("exactMatch", Share(annotated)), ("ece", error),
            ],
            HeadKind.Span => [("precision", counts.Precision), ("recall", counts.Recall), ("f1", counts.F1)],
            _ => Errors(head, annotated),
        };
        return new HeadReport(head.Kind, annotated.Count, metrics);
    }

    /// <summary>True where the utterance says what the head should answer.</summary>
    public static bool IsAnnotated(HeadDefinition head, LabelledUtterance utterance) => head.Kind switch
    {
        HeadKind.Single => utterance.Single.ContainsKey(head.Name),
        HeadKind.Multi => utterance.Multi.ContainsKey(head.Name),
        HeadKind.Span => utterance.Spans.ContainsKey(head.Name),
        _ => utterance.Scores.ContainsKey(head.Name),
    };

    private static bool IsRight(HeadDefinition head, LabelledUtterance utterance, HeadPrediction prediction) => head.Kind switch
    {
        HeadKind.Single => utterance.Single[head.Name] == prediction.Label,
        HeadKind.Multi => utterance.Multi[head.Name].ToHashSet().SetEquals(prediction.Labels),
        HeadKind.Span => Spans(utterance.Spans[head.Name]).SetEquals(Spans(prediction.Spans)),
        _ => Math.Abs(utterance.Scores[head.Name] - prediction.Score!.Value) <= DecodedAnswer.ScoreTolerance,
    };

    private static void Count(HeadDefinition head, LabelledUtterance utterance, HeadPrediction prediction, LabelCounts counts)
    {
        switch (head.Kind)
        {
            case HeadKind.Single:
                Compare([utterance.Single[head.Name]], [prediction.Label!], label => label, counts);
                break;
            case HeadKind.Multi:
                Compare(utterance.Multi[head.Name].ToHashSet(), prediction.Labels.ToHashSet(), label => label, counts);
                break;
            case HeadKind.Span:
                Compare(Spans(utterance.Spans[head.Name]), Spans(prediction.Spans), span => span.Label, counts);
                break;
        }
    }

    private static void Compare<T>(HashSet<T> gold, HashSet<T> answered, Func<T, string> label, LabelCounts counts)
    {
        foreach (var item in answered)
        {
            if (gold.Contains(item))
                counts.Right(label(item));
            else
                counts.Wrong(label(item));
        }
        foreach (var item in gold)
        {
            if (!answered.Contains(item))
                counts.Missed(label(item));
        }
    }

    // Strict, as in CoNLL's evaluation: label, start and end must all agree.
    private static HashSet<(string Label, int Start, int End)> Spans(IReadOnlyList<EntitySpan> spans) =>
        [.. spans.Select(span => (span.Label, span.Start, span.End))];

    private static double Share(List<(LabelledUtterance Utterance, DecodedAnswer Answer)> annotated) =>
        annotated.Count == 0 ? 0 : (double)annotated.Count(a => a.Answer.Right) / annotated.Count;

    private static (string, double)[] Errors(HeadDefinition head, List<(LabelledUtterance Utterance, DecodedAnswer Answer)> annotated)
    {
        var errors = annotated.Select(a => Math.Abs(a.Utterance.Scores[head.Name] - a.Answer.Prediction.Score!.Value)).DefaultIfEmpty(0).ToArray();
        return [("mae", errors.Average()), ("mse", errors.Average(error => error * error))];
    }
}
