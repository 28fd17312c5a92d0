using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;

namespace Edge.Trainer.Export.MatMuls;

/// <summary>
/// 8-bit integers in standard operators (QuantizeLinear and DequantizeLinear around each MatMul), which runtimes turn into MatMuls of
/// integers. Signed and symmetric throughout, as TensorRT asks for: weights with one scale a column, activations with one scale that
/// was found before. Weights go to 63: ONNX Runtime's processor provider multiplies them by bytes without sign.
/// </summary>
/// <param name="scales">Scale of everything that is multiplied by a matrix, by its name.</param>
/// <param name="inFloats">Of <see cref="EncoderMatMulNames"/>, those that stay in single precision; <c>null</c>: none.</param>
internal sealed class QuantizedMatMuls(IReadOnlyDictionary<string, float> scales, IReadOnlySet<string>? inFloats) : IntegerMatMuls(inFloats)
{
    private readonly Dictionary<string, GraphValue> _quantized = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override GraphValue MultiplyIntegers(GraphBuilder graph, string name, GraphValue x, string weightName, float[] matrix, int outputs)
    {
        var (integers, columns) = SymmetricQuantizer.PerColumn(matrix, outputs, SymmetricQuantizer.LargestFactor);
        var weight = graph.DequantizeLinear(
            name + "/weight", graph.Constant(weightName + ".integers", integers, x.Shape[^1], outputs), graph.Constant(weightName + ".scales", columns, outputs), axis: 1);
        return graph.MatMul(name, Quantized(graph, x), weight);
    }

    // Query, key and value read the same.
    private GraphValue Quantized(GraphBuilder graph, GraphValue x)
    {
        if (!_quantized.TryGetValue(x.Name, out var rounded))
        {
            var scale = graph.Constant(x.Name + "/scale", [scales[x.Name]]);
            _quantized[x.Name] = rounded = graph.DequantizeLinear(x.Name + "/rounded", graph.QuantizeLinear(x.Name + "/integers", x, scale), scale);
        }
        return rounded;
    }
}
