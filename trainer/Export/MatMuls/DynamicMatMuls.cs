using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export.MatMuls;

/// <summary>
/// MatMuls of 8-bit integers with the range of what is multiplied found in every run (DynamicQuantizeLinear, MatMulInteger): what "q8" files of
/// the Hugging Face hub hold, and what ONNX Runtime's CPU provider is fast with.
/// </summary>
/// <param name="inFloats">Of <see cref="EncoderMatMulNames"/>, those that stay in single precision; <c>null</c>: none.</param>
internal sealed class DynamicMatMuls(IReadOnlySet<string>? inFloats) : IntegerMatMuls(inFloats)
{
    private readonly Dictionary<string, (GraphValue Integers, GraphValue Scale, GraphValue ZeroPoint)> _quantized = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override GraphValue MultiplyIntegers(GraphBuilder graph, string name, GraphValue x, string weightName, float[] matrix, int outputs)
    {
        var (integers, columns) = SymmetricQuantizer.PerColumn(matrix, outputs, SymmetricQuantizer.LargestFactor);
        if (!_quantized.TryGetValue(x.Name, out var input)) // query, key and value read the same
            _quantized[x.Name] = input = graph.DynamicQuantizeLinear(x.Name + "/integers", x);
        var weight = graph.Constant(weightName + ".integers", integers, x.Shape[^1], outputs);
        var sums = graph.Cast(name + "/sums", graph.MatMulInteger(name + "/integers", input.Integers, weight, input.ZeroPoint), DataType.Float);
        return graph.Mul(name, sums, graph.Mul(name + "/scales", input.Scale, graph.Constant(weightName + ".scales", columns, outputs)));
    }
}
