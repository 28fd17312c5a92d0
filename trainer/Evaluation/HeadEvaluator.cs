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
        foreach (var answer in Judge(head, headIndex, set, logits, temperature).Answers)
            answers[answer.Index] = new DecodedAnswer(answer.Prediction, answer.Right);
        return answers;
    }

    /// <summary>Decodes every utterance that annotates the head, and puts the answers beside the annotation.</summary>
    public static JudgedHead Judge(
        HeadDefinition head, int headIndex, EvaluationSet set, IReadOnlyList<float[][]> logits, float temperature)
    {
        var answers = new List<JudgedAnswer>();
        for (var i = 0; i < set.Count; i++)
        {
            if (!IsAnnotated(head, set.Utterances[i]) || set.Examples[i].OutOfScopeOf == headIndex)
                continue;
            var prediction = HeadDecoder.Decode(head, logits[i][headIndex], set.Examples[i].Encoded, temperature);
            answers.Add(JudgedAnswer.Create(head, i, set.Utterances[i], prediction));
        }
        return new JudgedHead(head, answers);
    }

    /// <summary>True where the utterance says what the head should answer.</summary>
    public static bool IsAnnotated(HeadDefinition head, LabelledUtterance utterance) => head.Kind switch
    {
        HeadKind.Single => utterance.Single.ContainsKey(head.Name),
        HeadKind.Multi => utterance.Multi.ContainsKey(head.Name),
        HeadKind.Span => utterance.Spans.ContainsKey(head.Name),
        _ => utterance.Scores.ContainsKey(head.Name),
    };
}
