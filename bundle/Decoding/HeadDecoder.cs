using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;

namespace Edge.Bundles.Decoding;

/// <summary>What a head's logits say, at its calibration temperature.</summary>
public static class HeadDecoder
{
    private const float MultiThreshold = 0.5f;

    /// <summary>Decodes the logits of one head for one utterance.</summary>
    /// <param name="head">The head, with its final labels.</param>
    /// <param name="logits">[outputs], or for a span head [tokens, tags] of the whole input.</param>
    /// <param name="encoded">The input.</param>
    /// <param name="temperature">Calibration temperature, &gt; 0; a score head has none and ignores it.</param>
    public static HeadPrediction Decode(HeadDefinition head, ReadOnlySpan<float> logits, EncodedUtterance encoded, float temperature)
    {
        ArgumentNullException.ThrowIfNull(head);
        Softmax.CheckTemperature(temperature);
        if (head.Kind != HeadKind.Span && logits.Length != head.OutputCount)
            throw new ArgumentException($"head {head.Name}: {logits.Length} logits; {head.OutputCount} expected.");

        return head.Kind switch
        {
            HeadKind.Single => Single(head, logits, temperature),
            HeadKind.Multi => Multi(head, logits, temperature),
            HeadKind.Score => new HeadPrediction { Head = head.Name, Score = Softmax.Sigmoid(logits[0], 1), Confidence = 1 },
            HeadKind.Span => Span(head, logits, encoded, temperature),
            _ => throw new ArgumentException($"head {head.Name}: kind {head.Kind} is none of single, multi, score, span."),
        };
    }

    private static HeadPrediction Single(HeadDefinition head, ReadOnlySpan<float> logits, float temperature)
    {
        var probabilities = Softmax.Probabilities(logits, temperature);
        var best = probabilities.AsSpan().IndexOf(probabilities.Max());
        return new HeadPrediction
        {
            Head = head.Name,
            Label = head.Labels[best],
            Confidence = probabilities[best],
            Probabilities = probabilities,
        };
    }

    private static HeadPrediction Multi(HeadDefinition head, ReadOnlySpan<float> logits, float temperature)
    {
        var probabilities = new float[logits.Length];
        List<string> labels = [];
        var confidence = 1f;
        for (var i = 0; i < logits.Length; i++)
        {
            var probability = probabilities[i] = Softmax.Sigmoid(logits[i], temperature);
            if (probability >= MultiThreshold)
                labels.Add(head.Labels[i]);
            confidence = Math.Min(confidence, Math.Max(probability, 1 - probability));
        }

        return new HeadPrediction { Head = head.Name, Labels = labels, Confidence = confidence, Probabilities = probabilities };
    }

    private static HeadPrediction Span(HeadDefinition head, ReadOnlySpan<float> logits, EncodedUtterance encoded, float temperature)
    {
        var spans = BioDecoder.Decode(logits, encoded, head.Labels, temperature, out var confidence, head.Transitions);
        return new HeadPrediction { Head = head.Name, Spans = spans, Confidence = confidence };
    }
}
