using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using static TorchSharp.torch;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>
/// How much a label counts: the inverse of how often it occurs, within a cap, and 1 on the average of the utterances (King and
/// Zeng 2001). Only of heads that choose labels for a whole utterance: most tokens are outside of entities, and should stay so.
/// </summary>
internal sealed class LabelWeights : IDisposable
{
    private readonly Tensor?[] _ofHeads;

    /// <summary>Counts the labels of a training set.</summary>
    public LabelWeights(TaskDefinition task, IReadOnlyList<TrainingExample> examples, double cap, Device device) =>
        _ofHeads = [.. Of(task, examples, cap).Select(weights => weights is null ? null : tensor(weights, device: device))];

    /// <summary>
    /// By head, Float32 [labels]: weights of classes (<c>single</c>), or of a label's presence against its absence (<c>multi</c>);
    /// <c>null</c> for the other kinds.
    /// </summary>
    public IReadOnlyList<Tensor?> OfHeads => _ofHeads;

    /// <summary>The same as numbers.</summary>
    public static IReadOnlyList<float[]?> Of(TaskDefinition task, IReadOnlyList<TrainingExample> examples, double cap) =>
        [.. task.Heads.Select((head, i) => head.Kind switch
        {
            HeadKind.Single =>
                OfClasses(Counts(
                    head, examples.Where(example => example.Targets[i].Label >= 0).Select(example => example.Targets[i].Label)), cap),
            HeadKind.Multi => OfPresence(head, [.. examples.Select(example => example.Targets[i].Values).OfType<float[]>()], cap),
            _ => null,
        })];

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_ofHeads, weights => weights?.Dispose());

    private static double[] Counts(HeadDefinition head, IEnumerable<int> labels)
    {
        var counts = new double[head.Labels.Count];
        foreach (var label in labels)
            counts[label]++;
        return counts;
    }

    private static float[] OfClasses(double[] counts, double cap)
    {
        var (total, present) = (counts.Sum(), counts.Count(count => count > 0));
        // A label that does not occur has no utterance that its weight could act on.
        var raw = Array.ConvertAll(counts, count => count == 0 ? 1 : Math.Clamp(total / (present * count), 1 / cap, cap));
        var mean = total == 0 ? 1 : raw.Zip(counts, (weight, count) => weight * count).Sum() / total;
        return Array.ConvertAll(raw, weight => (float)(weight / mean));
    }

    private static float[] OfPresence(HeadDefinition head, IReadOnlyList<float[]> rows, double cap)
    {
        var weights = new float[head.Labels.Count];
        for (var label = 0; label < weights.Length; label++)
        {
            var present = rows.Count(row => row[label] > 0.5f);
            weights[label] = present == 0 ? 1 : (float)Math.Clamp((rows.Count - present) / (double)present, 1 / cap, cap);
        }
        return weights;
    }
}
