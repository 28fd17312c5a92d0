using Edge.Bundles.Tasks;
using Edge.Trainer.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Distillation;

/// <summary>Distance of a student's answers from its teacher's, head by head.</summary>
internal static class SoftLosses
{
    /// <summary>One term a head: cross-entropy towards the softened teacher, or squared error for a score.</summary>
    /// <param name="task">Heads.</param>
    /// <param name="student">The student's logits by head.</param>
    /// <param name="teacher">The teacher's logits by head, without gradient.</param>
    /// <param name="mask">Real tokens, Bool [batch, tokens]; <c>null</c>: all.</param>
    /// <param name="temperature">Softens both.</param>
    /// <param name="weight">Factor of every term.</param>
    public static IEnumerable<LossTerm> Compute(
        TaskDefinition task, IReadOnlyList<Tensor> student, IReadOnlyList<Tensor> teacher, Tensor? mask, double temperature, double weight)
    {
        for (var i = 0; i < task.Heads.Count; i++)
        {
            var head = task.Heads[i];
            var value = head.Kind switch
            {
                HeadKind.Single => Divergence(student[i], teacher[i], temperature).mean(),
                HeadKind.Span => TokenMean(Divergence(student[i], teacher[i], temperature), mask),
                HeadKind.Multi => F.binary_cross_entropy_with_logits(student[i] / temperature, (teacher[i] / temperature).sigmoid())
                    * (temperature * temperature),
                _ => F.mse_loss(student[i].sigmoid(), teacher[i].sigmoid()),
            };
            yield return new LossTerm(head.Name + " soft", value, head.Weight * weight);
        }
    }

    // KL(teacher || student) over the last dimension, times T² so that its gradient keeps its size when T changes.
    private static Tensor Divergence(Tensor student, Tensor teacher, double temperature)
    {
        var logTeacher = (teacher / temperature).log_softmax(-1);
        var logStudent = (student / temperature).log_softmax(-1);
        return (logTeacher.exp() * (logTeacher - logStudent)).sum(-1) * (temperature * temperature);
    }

    private static Tensor TokenMean(Tensor losses, Tensor? mask) // [batch, tokens] -> scalar
    {
        if (mask is null)
            return losses.mean();
        var real = mask.to(losses.dtype);
        return (losses * real).sum() / real.sum();
    }
}
