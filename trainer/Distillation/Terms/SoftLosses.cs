using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Distillation.Terms;

/// <summary>Distance of a student's answers from its teachers', head by head.</summary>
internal static class SoftLosses
{
    /// <summary>Ends the names of its terms.</summary>
    public const string Suffix = " soft";

    private const float Smallest = 1e-7f; // keeps logarithms finite

    /// <summary>
    /// One term a head: cross-entropy towards the softened teachers (Hinton et al. 2015), squared error for a score. Tags depend on
    /// each other, so their paths are compared through the teachers' marginals, at a temperature of 1 (Wang et al. 2020).
    /// </summary>
    /// <param name="task">Heads.</param>
    /// <param name="student">The student's logits by head.</param>
    /// <param name="teacher">The teachers' probabilities by head: [batch, outputs], or [batch, tokens, tags].</param>
    /// <param name="taught">Tokens whose tags are taught, Bool [batch, tokens].</param>
    /// <param name="temperature">Softens both.</param>
    /// <param name="weight">Factor of every term.</param>
    public static IEnumerable<LossTerm> Compute(
        TaskDefinition task, IReadOnlyList<Tensor> student, IReadOnlyList<Tensor> teacher, Tensor taught, double temperature, double weight)
    {
        for (var i = 0; i < task.Heads.Count; i++)
        {
            var head = task.Heads[i];
            var value = head.Kind switch
            {
                HeadKind.Single => Divergence(student[i], teacher[i], temperature),
                HeadKind.Span => TagSequence.Loss(head, student[i], teacher[i], taught),
                HeadKind.Multi =>
                    F.binary_cross_entropy_with_logits(student[i].div(Scalars.Of(temperature)), Soften(teacher[i], temperature))
                        .mul(Scalars.Of(temperature * temperature)),
                _ => F.mse_loss(student[i].sigmoid(), teacher[i]),
            };
            yield return new LossTerm(head.Name + Suffix, value, head.Weight * weight);
        }
    }

    // KL(teacher || student) over the labels, times T² so that its gradient keeps its size when T changes.
    private static Tensor Divergence(Tensor student, Tensor teacher, double temperature)
    {
        var logTeacher = teacher.clamp_min(Scalars.Of(Smallest)).log().div(Scalars.Of(temperature)).log_softmax(-1);
        var logStudent = student.div(Scalars.Of(temperature)).log_softmax(-1);
        return (logTeacher.exp() * (logTeacher - logStudent)).sum(-1).mean().mul(Scalars.Of(temperature * temperature));
    }

    // The sigmoid of the probability's logit, divided by the temperature.
    private static Tensor Soften(Tensor probability, double temperature)
    {
        var safe = probability.clamp(Scalars.Of(Smallest), Scalars.Of(1 - Smallest));
        return (safe.log() - safe.neg().log1p()).div(Scalars.Of(temperature)).sigmoid();
    }
}
