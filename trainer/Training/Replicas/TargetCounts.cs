using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training.Replicas;

/// <summary>How many targets each head's loss is the mean of.</summary>
internal static class TargetCounts
{
    /// <summary>Counts by loss term.</summary>
    /// <param name="task">Heads.</param>
    /// <param name="batch">Its targets.</param>
    /// <param name="labelWeights">How much each label counts, by head; <c>null</c>: all the same.</param>
    public static IReadOnlyDictionary<string, double> Of(TaskDefinition task, TrainingBatch batch, IReadOnlyList<Tensor?>? labelWeights)
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < task.Heads.Count; i++)
        {
            var head = task.Heads[i];
            if (batch.Targets[i] is { } target)
                counts.Add(head.Name, Count(head.Kind, target, labelWeights?[i]));
        }
        return counts;
    }

    private static double Count(HeadKind kind, Tensor target, Tensor? weights) => kind switch
    {
        HeadKind.Single when weights is not null =>
            weights.index_select(0, target.masked_select(target.ne(Scalars.Of(HeadTarget.NotAnnotated)))).sum().to(ScalarType.Float64)
                .item<double>(),
        HeadKind.Single or HeadKind.Span => target.ne(Scalars.Of(HeadTarget.NotAnnotated)).sum().to(ScalarType.Float64).item<double>(),
        _ => target.isnan().logical_not().sum().to(ScalarType.Float64).item<double>(),
    };
}
