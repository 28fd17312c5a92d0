using Edge.Bundles.Tasks;
using Edge.Trainer.Common;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>
/// Draws utterances of rare labels more often. An utterance that is to come 2.3 times comes twice or three times (systematic
/// resampling), so an epoch keeps its length and leaves out only what is frequent.
/// </summary>
internal static class BalancedSampling
{
    /// <summary>Wraps the examples of each epoch.</summary>
    /// <param name="epochs">What is drawn from.</param>
    /// <param name="task">Heads; the rarest label of an utterance decides.</param>
    /// <param name="cap">How many times more, or less, than the average an utterance may come.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static EpochSource Of(EpochSource epochs, TaskDefinition task, double cap, int seed) => new(epochs.Count, epoch =>
    {
        var examples = epochs.Next(epoch);
        return Draw(
            examples, LabelWeights.Of(task, examples, cap), task, SeededRandom.For(seed, $"balanced sampling {epoch}").NextDouble());
    });

    private static List<TrainingExample> Draw(
        IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[]?> weights, TaskDefinition task, double start)
    {
        var shares = examples.Select(example => Share(example, weights, task)).ToArray();
        var step = shares.Sum() / examples.Count;
        var drawn = new List<TrainingExample>(examples.Count);
        var reached = 0.0;
        for (var i = 0; i < examples.Count; i++)
        {
            reached += shares[i];
            while (drawn.Count < examples.Count && (start + drawn.Count) * step < reached)
                drawn.Add(examples[i]);
        }
        while (drawn.Count < examples.Count)
            drawn.Add(examples[^1]); // rounding at the end
        return drawn;
    }

    private static double Share(TrainingExample example, IReadOnlyList<float[]?> weights, TaskDefinition task)
    {
        var share = double.NaN;
        for (var head = 0; head < weights.Count; head++)
        {
            if (task.Heads[head].Kind == HeadKind.Single && example.Targets[head].Label is >= 0 and var label)
                share = double.IsNaN(share) ? weights[head]![label] : Math.Max(share, weights[head]![label]);
        }
        return double.IsNaN(share) ? 1 : share;
    }
}
