using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>One addend of a loss.</summary>
/// <param name="Name">What it is shown as.</param>
/// <param name="Value">Scalar, before weighting.</param>
/// <param name="Weight">Factor in the sum.</param>
internal readonly record struct LossTerm(string Name, Tensor Value, double Weight)
{
    /// <summary>The weighted sum of terms; there must be one or more.</summary>
    public static Tensor Sum(IReadOnlyList<LossTerm> terms)
    {
        var sum = Weighted(terms[0]);
        for (var i = 1; i < terms.Count; i++)
            sum = sum.Plus(Weighted(terms[i]));
        return sum;
    }

    private static Tensor Weighted(LossTerm term)
    {
        using var weight = Scalars.New(term.Weight);
        return term.Value.mul(weight);
    }
}
