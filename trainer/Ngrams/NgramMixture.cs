using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Ngrams;

/// <summary>
/// Encoder and n-gram table together: logits = a × encoder + b × table, with a and b of each head that make the annotations of
/// dev most likely (a logarithmic opinion pool, Hinton 2002). Where the gain is no greater than its standard error, b is 0 (the rule
/// of one standard error, Breiman et al. 1984).
/// </summary>
internal sealed class NgramMixture
{
    // Of tags, whose logits stand against fixed bonuses of transitions, a and b are found; of labels, how they stand to each other, and a
    // temperature.
    private static readonly float[] Weights = [0, 0.15f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.85f, 1];
    private static readonly float[] Shares = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f];

    private readonly IReadOnlyList<HeadDefinition> _heads;
    private readonly float[] _encoder;

    private NgramMixture(IReadOnlyList<HeadDefinition> heads, float[] encoder, NgramTable? table) =>
        (_heads, _encoder, Table) = (heads, encoder, table);

    /// <summary>The table, its scores times b; <c>null</c> where no head uses it.</summary>
    public NgramTable? Table { get; }

    /// <summary>The encoder alone.</summary>
    public static NgramMixture EncoderOnly(TaskDefinition task) => new(task.Heads, [.. task.Heads.Select(_ => 1f)], null);

    /// <summary>Fits a and b of every head.</summary>
    /// <param name="task">Heads.</param>
    /// <param name="table">The table.</param>
    /// <param name="dev">Dev set; neither has learned from it.</param>
    /// <param name="logits">The encoder's logits on it, by example and head.</param>
    /// <param name="line">What was chosen, for the log.</param>
    public static NgramMixture Fit(
        TaskDefinition task, NgramTable table, IReadOnlyList<TrainingExample> dev, IReadOnlyList<float[][]> logits, out string line)
    {
        var scores = dev.Select(example => table.Of(example.Encoded)).ToArray();
        var (encoder, ngrams) = (task.Heads.Select(_ => 1f).ToArray(), new float[task.Heads.Count]);
        var parts = new List<string>();
        for (var head = 0; head < task.Heads.Count; head++)
        {
            var definition = task.Heads[head];
            if (!NgramTable.Learns(definition))
                continue;
            var pool = new OpinionPool(definition, head, dev, logits, scores);
            var alone = OpinionPool.Best(
                definition.Kind == HeadKind.Span ? Weights.Where(a => a > 0).Select(a => pool.Try(a, 0)) : [pool.TryShare(0)]);
            if (alone.Loss == 0)
                continue;
            var both = OpinionPool.Best(definition.Kind == HeadKind.Span
                ? Weights.SelectMany(a => Weights.Where(b => b > 0).Select(b => pool.Try(a, b)))
                : Shares.Select(pool.TryShare));
            var (gain, error) = OpinionPool.Gain(alone, both);
            if (gain <= error)
            {
                parts.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{definition.Name} without (they would gain {gain:0.0000} ± {error:0.0000})"));
                continue;
            }
            (encoder[head], ngrams[head]) = (both.A, both.B);
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"{definition.Name} {both.A:0.##} encoder + {both.B:0.##} n-grams (dev log-loss {both.Loss:0.000}, encoder alone " +
                $"{alone.Loss:0.000})"));
        }
        var used = ngrams.Any(weight => weight > 0) ? table.Weighted(ngrams) : null;
        line = $"n-grams: {(used is null ? "left out, they make no head's answers on dev more likely" : $"{used.Count} kept")}" +
            $"{string.Concat(parts.Select(part => "; " + part))}";
        return new NgramMixture(task.Heads, encoder, used);
    }

    /// <summary>The encoder's weights with a multiplied into the heads, so that a model file only has to add the table.</summary>
    public ModelWeights Apply(ModelWeights weights)
    {
        var result = weights.ToDictionary(StringComparer.Ordinal);
        for (var head = 0; head < _heads.Count; head++)
        {
            foreach (var name in new[] { $"heads.{_heads[head].Name}.weight", $"heads.{_heads[head].Name}.bias" })
            {
                var factor = _encoder[head];
                result[name] = result[name] with { Values = Array.ConvertAll(result[name].Values, value => value * factor) };
            }
        }
        return result;
    }

    /// <summary>Both together, from the encoder's logits.</summary>
    public IReadOnlyList<float[][]> Mix(IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[][]> logits) =>
        [.. examples.Select((example, i) =>
        {
            var scores = Table?.Of(example.Encoded);
            return logits[i].Select((values, head) => OpinionPool.Mix(values, _encoder[head], scores?[head] ?? new float[values.Length], 1))
                .ToArray();
        })];
}
