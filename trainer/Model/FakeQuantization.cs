using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>
/// Fake quantization: what an encoder loses in the INT8 file, in training: inputs of projections, their weights and the word table are
/// rounded as the file rounds them, and gradients pass as if they were not (straight-through estimator; Bengio et al. 2013, Jacob et al.
/// 2018).
/// </summary>
internal static class FakeQuantization
{
    private const float Tiny = 1e-30f; // what is 0 everywhere keeps a scale that can be divided by

    /// <summary>Rounds a weight, [outputs, inputs]: signed integers, one scale an output.</summary>
    public static Tensor Weight(Tensor weight) => Round(weight, -1, SymmetricQuantizer.LargestFactor);

    /// <summary>Rounds a table, [rows, width]: signed integers, one scale a column.</summary>
    public static Tensor Table(Tensor table) => Round(table, 0, SymmetricQuantizer.Largest);

    /// <summary>
    /// Rounds an input, [batch, tokens, width]: unsigned integers, one scale and zero point an utterance (ONNX's DynamicQuantizeLinear).
    /// </summary>
    public static Tensor Input(Tensor input)
    {
        using var scope = NewDisposeScope();
        var values = input.detach();
        var zero = Scalars.Of(0);
        var (least, most) = (values.amin([1, 2], true).clamp_max(zero), values.amax([1, 2], true).clamp_min(zero));
        var scale = (most - least).clamp_min(Scalars.Of(Tiny)).div(Scalars.Of(byte.MaxValue));
        var zeroPoint = least.neg().div(scale).round();
        var integers = values.div(scale).round().Plus(zeroPoint).clamp(zero, Scalars.Of(byte.MaxValue));
        return PassThrough(input, (integers - zeroPoint) * scale);
    }

    private static Tensor Round(Tensor matrix, int along, int most)
    {
        using var scope = NewDisposeScope();
        var values = matrix.detach();
        var scale = values.abs().amax([along], true).clamp_min(Scalars.Of(Tiny)).div(Scalars.Of(most));
        return PassThrough(matrix, (values / scale).round() * scale);
    }

    private static Tensor PassThrough(Tensor exact, Tensor rounded) => exact.Plus((rounded - exact).detach()).MoveToOuterDisposeScope();
}
