using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>
/// R-Drop (Liang et al. 2021): every batch goes through the model twice, each time with other dropout masks, and the two answers are
/// drawn towards each other. It costs a second pass.
/// </summary>
internal static class RegularizedDropout
{
    /// <summary>Ends the names of its terms.</summary>
    public const string Suffix = " r-drop";

    /// <summary>One pass of a batch: the model's logits by head, and the loss terms.</summary>
    public delegate (IReadOnlyList<Tensor> Logits, IReadOnlyList<LossTerm> Terms) Pass();

    /// <summary>The terms of one pass, or the mean of two and how far their answers are apart, head by head.</summary>
    /// <param name="weight">Weight of the distance; 0: one pass. As the terms are means here, the paper's alpha is twice the weight.</param>
    /// <param name="task">Heads.</param>
    /// <param name="mask">Real tokens, Bool [batch, tokens]; <c>null</c>: all.</param>
    /// <param name="pass">Runs the model.</param>
    public static IReadOnlyList<LossTerm> Losses(double weight, TaskDefinition task, Tensor? mask, Pass pass)
    {
        var first = pass();
        if (weight == 0 || first.Terms.Count == 0)
            return first.Terms;
        var second = pass();
        var terms = first.Terms.Zip(second.Terms, (one, other) => one with { Value = one.Value.Plus(other.Value).div(Scalars.Of(2)) }).ToList();
        for (var i = 0; i < task.Heads.Count; i++)
        {
            var distance = Distance(task.Heads[i].Kind, first.Logits[i], second.Logits[i], mask);
            terms.Add(new LossTerm(task.Heads[i].Name + Suffix, distance, task.Heads[i].Weight * weight));
        }
        return terms;
    }

    // Half of KL(one || other) + KL(other || one); squared difference for a score.
    private static Tensor Distance(HeadKind kind, Tensor one, Tensor other, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var distance = kind switch
        {
            // Σ p log(p/q) + Σ q log(q/p) = Σ (p − q)(log p − log q)
            HeadKind.Single => Symmetric(one.log_softmax(-1), other.log_softmax(-1)).mean(),
            HeadKind.Span => Mean(Symmetric(one.log_softmax(-1), other.log_softmax(-1)), mask),
            // With two labels, present and absent, the same sum is (p − q)(logit p − logit q).
            HeadKind.Multi => ((one.sigmoid() - other.sigmoid()) * (one - other)).mean().div(Scalars.Of(2)),
            _ => (one.sigmoid() - other.sigmoid()).Squared().mean(),
        };
        return distance.MoveToOuterDisposeScope();
    }

    private static Tensor Symmetric(Tensor one, Tensor other) => ((one.exp() - other.exp()) * (one - other)).sum(-1).div(Scalars.Of(2));

    private static Tensor Mean(Tensor values, Tensor? mask) // [batch, tokens] -> scalar
    {
        if (mask is null)
            return values.mean();
        var real = mask.to(values.dtype);
        return (values * real).sum() / real.sum();
    }
}
