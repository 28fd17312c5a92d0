using System.Globalization;
using Edge.Bundles.Tasks;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>Chooses how much a linear teacher says on each head: what makes the mixture's log-loss on dev lowest.</summary>
internal static class MixtureFitting
{
    private const int BatchSize = 64;
    private const double Smallest = 1e-7; // what was held impossible and was right counts so much, not infinitely

    /// <summary>Weights that are tried. Not 1: the linear teacher never speaks alone, it knows nothing of unseen words.</summary>
    public static IReadOnlyList<double> Weights { get; } = [0, 0.25, 0.5, 0.75];

    /// <summary>Fits the weights of every head.</summary>
    /// <param name="teachers">The teachers.</param>
    /// <param name="linear">The linear teacher.</param>
    /// <param name="dev">Dev set; neither has learned from it.</param>
    /// <param name="context">What the phases share.</param>
    /// <param name="line">Weights and log-losses for the log.</param>
    public static TeacherMixture Fit(
        TeacherEnsemble teachers, LinearTeacher linear, EvaluationSet dev, TrainingContext context, out string line)
    {
        using var noGrad = no_grad();
        var heads = context.Task.Heads;
        double[] weights = [.. Weights, 1];
        var sums = new double[weights.Length, heads.Count];
        var counts = new int[heads.Count];
        foreach (var members in BatchSampler.Sorted(EpochSource.Lengths(dev.Examples), BatchSize))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = TrainingBatch.Create(dev.Examples, members, 0, context);
            var text = TextTokens.Of(batch, context.Device);
            var answers = teachers.Ask(batch.Clean, text, calibrated: true);
            var said = TeacherMixture.Said(linear, answers, batch.Examples, text);
            for (var head = 0; head < heads.Count; head++)
            {
                for (var i = 0; i < weights.Length; i++)
                {
                    var mixed = TeacherMixture.Blend(answers[head], said[head], weights[i]).cpu().contiguous().data<float>().ToArray();
                    var (loss, count) = LogLoss(heads[head], [.. batch.Examples.Select(example => example.Targets[head])], mixed);
                    sums[i, head] += loss;
                    counts[head] += i == 0 ? count : 0;
                }
            }
        }

        var chosen = new double[heads.Count];
        var parts = new List<string>();
        for (var head = 0; head < heads.Count; head++)
        {
            if (counts[head] == 0)
                continue;
            var best = Enumerable.Range(0, Weights.Count).MinBy(i => sums[i, head]); // the lowest weight where losses are equal
            chosen[head] = Weights[best];
            double Mean(int i) => sums[i, head] / counts[head];
            parts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{heads[head].Name} {Weights[best]:0.##} (dev log-loss {Mean(best):0.000}, teachers {Mean(0):0.000}, linear " +
                $"{Mean(Weights.Count):0.000})"));
        }
        line = $"weight of the linear teacher: {string.Join(", ", parts)}";
        return new TeacherMixture(linear, chosen);
    }

    // Sum over the head's decisions, and how many they are: utterances, labels, tags. A score has none, there the teachers stay alone.
    private static (double Sum, int Count) LogLoss(HeadDefinition head, HeadTarget[] targets, float[] probabilities)
    {
        var (sum, count, width) = (0.0, 0, probabilities.Length / targets.Length);
        for (var row = 0; row < targets.Length; row++)
        {
            var values = probabilities.AsSpan(row * width, width);
            var target = targets[row];
            switch (head.Kind)
            {
                case HeadKind.Single when target.Label >= 0:
                    Add(values[target.Label]);
                    break;
                case HeadKind.Multi when target.Values is { } present:
                    for (var label = 0; label < present.Length; label++)
                        Add(present[label] > 0 ? values[label] : 1 - values[label]);
                    break;
                case HeadKind.Span when target.Tags is { } tags:
                    for (var token = 0; token < tags.Length; token++)
                    {
                        if (tags[token] >= 0)
                            Add(values[(token * head.OutputCount) + tags[token]]);
                    }
                    break;
            }
        }
        return (sum, count);

        void Add(float probability)
        {
            sum -= Math.Log(Math.Max(probability, Smallest));
            count++;
        }
    }
}
