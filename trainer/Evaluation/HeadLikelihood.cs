using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>Negative log-likelihood of the annotation under a head's logits at a temperature.</summary>
internal static class HeadLikelihood
{
    // An annotation that decoding never gives (an entity that begins within a number) counts so much, at every temperature.
    private const double Unlikely = -100;

    /// <summary>
    /// Mean over the head's decisions: utterances (single), labels (multi), tags (span); 0 for scores and without annotation.
    /// </summary>
    public static double NegativeLog(
        HeadDefinition head, int headIndex, IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[][]> logits, double temperature)
    {
        var sums = NegativeLogs(head, headIndex, examples, logits, temperature, out var decisions);
        return decisions == 0 ? 0 : sums.Sum() / decisions;
    }

    /// <summary>Sums over the head's decisions of each example.</summary>
    /// <param name="head">The head.</param>
    /// <param name="headIndex">Its index.</param>
    /// <param name="examples">Utterances with their annotations.</param>
    /// <param name="logits">By example and head.</param>
    /// <param name="temperature">Temperature, above 0.</param>
    /// <param name="decisions">Decisions of all examples together.</param>
    public static double[] NegativeLogs(
        HeadDefinition head, int headIndex, IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[][]> logits, double temperature,
        out int decisions)
    {
        var sums = new double[examples.Count];
        decisions = 0;
        for (var i = 0; i < examples.Count; i++)
        {
            var target = examples[i].Targets[headIndex];
            var values = logits[i][headIndex].AsSpan();
            switch (head.Kind)
            {
                case HeadKind.Single when target.Label >= 0:
                    sums[i] = CrossEntropy(values, target.Label, temperature);
                    decisions++;
                    break;
                case HeadKind.Multi when target.Values is { } present:
                    for (var label = 0; label < present.Length; label++)
                        sums[i] += Softplus((present[label] > 0 ? -values[label] : values[label]) / temperature);
                    decisions += present.Length;
                    break;
                case HeadKind.Span when target.Tags is { } tags:
                    var encoded = examples[i].Encoded;
                    sums[i] = -Math.Max(
                        Unlikely, BioDecoder.LogProbability(values, encoded, head.Labels, (float)temperature, tags, head.Transitions));
                    decisions += encoded.TextCount;
                    break;
            }
        }
        return sums;
    }

    private static double CrossEntropy(ReadOnlySpan<float> logits, int target, double temperature)
    {
        var highest = float.NegativeInfinity;
        foreach (var logit in logits)
            highest = Math.Max(highest, logit);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp((logit - highest) / temperature);
        return Math.Log(sum) - ((logits[target] - highest) / temperature);
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
