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
    public static HeadPrediction Decode(HeadDefinition head, ReadOnlySpan<float> logits, TokenView encoded, float temperature) =>
        Decode(head, logits, encoded, temperature, new HeadBuffers(head));

    /// <summary>The same without new memory.</summary>
    /// <param name="head">As above.</param>
    /// <param name="logits">As above.</param>
    /// <param name="encoded">As above.</param>
    /// <param name="temperature">As above.</param>
    /// <param name="buffers">What the prediction lies in, until the next one.</param>
    public static HeadPrediction Decode(
        HeadDefinition head, ReadOnlySpan<float> logits, TokenView encoded, float temperature, HeadBuffers buffers)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(buffers);
        Softmax.CheckTemperature(temperature);
        if (head.Kind != HeadKind.Span && logits.Length != head.OutputCount)
            throw new ArgumentException($"head {head.Name}: {logits.Length} logits; {head.OutputCount} expected.");

        return head.Kind switch
        {
            HeadKind.Single => Single(head, logits, temperature, buffers.Probabilities),
            HeadKind.Multi => Multi(head, logits, temperature, buffers),
            HeadKind.Score => new HeadPrediction { Head = head.Name, Score = Softmax.Sigmoid(logits[0], 1), Confidence = 1 },
            HeadKind.Span => new HeadPrediction
            {
                Head = head.Name,
                Confidence = BioDecoder.Decode(logits, encoded, head.Labels, temperature, buffers.Transitions!, buffers.Spans),
                Spans = buffers.Spans,
            },
            _ => throw new ArgumentException($"head {head.Name}: kind {head.Kind} is none of single, multi, score, span."),
        };
    }

    private static HeadPrediction Single(HeadDefinition head, ReadOnlySpan<float> logits, float temperature, float[] probabilities)
    {
        Softmax.Probabilities(logits, temperature, probabilities);
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            best = probabilities[i] > probabilities[best] ? i : best;
        return new HeadPrediction
        {
            Head = head.Name,
            Label = head.Labels[best],
            Confidence = probabilities[best],
            Probabilities = probabilities,
        };
    }

    private static HeadPrediction Multi(HeadDefinition head, ReadOnlySpan<float> logits, float temperature, HeadBuffers buffers)
    {
        var (probabilities, labels) = (buffers.Probabilities, buffers.Labels);
        labels.Clear();
        var confidence = 1.0; // in double precision: the rounding of many labels does not add up
        for (var i = 0; i < logits.Length; i++)
        {
            var probability = probabilities[i] = Softmax.Sigmoid(logits[i], temperature);
            if (probability >= MultiThreshold)
                labels.Add(head.Labels[i]);
            confidence *= Math.Max(probability, 1 - probability);
        }

        return new HeadPrediction { Head = head.Name, Labels = labels, Confidence = (float)confidence, Probabilities = probabilities };
    }
}
