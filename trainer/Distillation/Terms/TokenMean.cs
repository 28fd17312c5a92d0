using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Terms;

/// <summary>Means over real tokens.</summary>
internal static class TokenMean
{
    /// <summary>Mean of the values of real tokens; 0 where there is none.</summary>
    /// <param name="values">[batch, tokens].</param>
    /// <param name="mask">True for the tokens that count, Bool [batch, tokens]; <c>null</c>: all.</param>
    public static Tensor Of(Tensor values, Tensor? mask)
    {
        if (mask is null)
            return values.mean();
        var real = mask.to(values.dtype);
        return (values * real).sum() / real.sum().clamp(min: Scalars.Of(1));
    }
}
