using System.Numerics;
using System.Runtime.InteropServices;
using Edge.Trainer.Model;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>
/// One AdamW step: over values in main memory in one pass, which reads and writes each once instead of eight times, or over tensors.
/// </summary>
internal readonly struct AdamWKernel
{
    /// <summary>Decay of the first and second moment.</summary>
    public required float Beta1 { get; init; }

    /// <inheritdoc cref="Beta1"/>
    public required float Beta2 { get; init; }

    /// <summary>Added to the root of the second moment.</summary>
    public required float Epsilon { get; init; }

    /// <summary>What weight decay leaves of a weight.</summary>
    public required float Kept { get; init; }

    /// <summary>Factor of the root of the second moment: its bias correction.</summary>
    public required float Scale { get; init; }

    /// <summary>Learning rate with the first moment's bias correction, negative.</summary>
    public required float Step { get; init; }

    /// <summary>Moves the weights; all four have the same length.</summary>
    public void Update(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares)
    {
        var w = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var m = MemoryMarshal.Cast<float, Vector<float>>(means);
        var v = MemoryMarshal.Cast<float, Vector<float>>(squares);
        var (share1, share2) = (new Vector<float>(1 - Beta1), new Vector<float>(1 - Beta2));
        var (beta1, beta2, kept) = (new Vector<float>(Beta1), new Vector<float>(Beta2), new Vector<float>(Kept));
        var (epsilon, scale, step) = (new Vector<float>(Epsilon), new Vector<float>(Scale), new Vector<float>(Step));
        for (var i = 0; i < w.Length; i++)
        {
            m[i] = Vector.FusedMultiplyAdd(m[i], beta1, g[i] * share1);
            v[i] = Vector.FusedMultiplyAdd(v[i], beta2, g[i] * g[i] * share2);
            w[i] = Vector.FusedMultiplyAdd(w[i], kept, step * m[i] / Vector.FusedMultiplyAdd(Vector.SquareRoot(v[i]), scale, epsilon));
        }
        for (var i = w.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            means[i] = MathF.FusedMultiplyAdd(means[i], Beta1, gradients[i] * (1 - Beta1));
            squares[i] = MathF.FusedMultiplyAdd(squares[i], Beta2, gradients[i] * gradients[i] * (1 - Beta2));
            weights[i] =
                MathF.FusedMultiplyAdd(weights[i], Kept, Step * means[i] / MathF.FusedMultiplyAdd(MathF.Sqrt(squares[i]), Scale, Epsilon));
        }
    }

    /// <summary>The same on the tensors' device.</summary>
    public void Update(Tensor weights, Tensor gradients, Tensor means, Tensor squares)
    {
        using var kept = Scalars.New(Kept);
        using var scale = Scalars.New(Scale);
        using var step = Scalars.New(Step);
        weights.mul_(kept);
        means.mul_(Scalars.Of(Beta1)).add_(gradients, Scalars.Of(1 - Beta1));
        squares.mul_(Scalars.Of(Beta2)).addcmul_(gradients, gradients, Scalars.Of(1 - Beta2));
        weights.addcdiv_(means, squares.sqrt().mul_(scale).add_(Scalars.Of(Epsilon), Scalars.One), step);
    }
}
