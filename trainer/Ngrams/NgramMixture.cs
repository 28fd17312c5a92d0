using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Training;

namespace Edge.Trainer.Ngrams;

/// <summary>
/// Encoder and n-gram table together: logits = a × encoder + b × table, with a and b of each head that make the annotations of
/// dev most likely (a logarithmic opinion pool, Hinton 2002). Where the table does not help, b is 0.
/// </summary>
internal sealed class NgramMixture
{
    // Less than this relative gain in likelihood is no reason to make a model larger.
    private const double LeastGain = 0.01;

    private static readonly float[] Weights = [0, 0.15f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.85f, 1];

    private readonly IReadOnlyList<HeadDefinition> _heads;
    private readonly float[] _encoder;

    private NgramMixture(IReadOnlyList<HeadDefinition> heads, float[] encoder, NgramTable? table) => (_heads, _encoder, Table) = (heads, encoder, table);

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
            var alone = Weights.Where(a => a > 0).Min(a => Loss(head, a, 0));
            if (!NgramTable.Learns(task.Heads[head]) || alone == 0)
                continue;
            var (best, lowest) = ((A: 1f, B: 0f), double.PositiveInfinity);
            foreach (var a in Weights)
            {
                foreach (var b in Weights)
                {
                    if (b > 0 && Loss(head, a, b) is var loss && loss < lowest)
                        (best, lowest) = ((a, b), loss);
                }
            }
            if (lowest > alone * (1 - LeastGain))
                continue;
            (encoder[head], ngrams[head]) = best;
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"{task.Heads[head].Name} {best.A:0.##} encoder + {best.B:0.##} n-grams (dev log-loss {lowest:0.000}, encoder alone {alone:0.000})"));
        }
        line = parts.Count == 0 ? "n-grams: they make no head's answers on dev more likely, and are left out" : $"n-grams: {table.Count} kept; {string.Join("; ", parts)}";
        return new NgramMixture(task.Heads, encoder, parts.Count == 0 ? null : table.Scaled(ngrams));

        double Loss(int head, float a, float b)
        {
            var mixed = new float[dev.Count][][];
            for (var i = 0; i < mixed.Length; i++)
            {
                mixed[i] = new float[task.Heads.Count][];
                mixed[i][head] = Mix(logits[i][head], a, scores[i][head], b);
            }
            return HeadLikelihood.NegativeLog(task.Heads[head], head, dev, mixed, 1);
        }
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
            return logits[i].Select((values, head) => Mix(values, _encoder[head], scores?[head] ?? new float[values.Length], 1)).ToArray();
        })];

    private static float[] Mix(float[] encoder, float a, float[] scores, float b)
    {
        var mixed = new float[encoder.Length];
        for (var i = 0; i < mixed.Length; i++)
            mixed[i] = (a * encoder[i]) + (b * scores[i]);
        return mixed;
    }
}
