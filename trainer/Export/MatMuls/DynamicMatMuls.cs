using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export.MatMuls;

/// <summary>
/// MatMuls of 8-bit integers with the range of what is multiplied found in every run (DynamicQuantizeLinear, MatMulInteger): what "q8"
/// files of the Hugging Face hub hold, and what ONNX Runtime's CPU provider is fast with.
/// </summary>
/// <param name="inFloats">Of <see cref="EncoderMatMulNames"/>, those that stay in single precision; <c>null</c>: none.</param>
internal sealed class DynamicMatMuls(IReadOnlySet<string>? inFloats) : EncoderMatMuls
{
    private readonly Dictionary<string, (GraphValue Integers, GraphValue Scale, GraphValue ZeroPoint)> _quantized =
        new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool AreIntegers => true;

    /// <inheritdoc/>
    public override GraphValue Words(GraphBuilder graph, string weightName, float[] table, int hidden, GraphValue ids)
    {
        var (integers, columns) = SymmetricQuantizer.PerColumn(table, hidden);
        var rows = graph.Gather(
            "embeddings/integers", graph.Constant(weightName + ".integers", integers, table.Length / hidden, hidden), ids);
        return graph.DequantizeLinear("embeddings/words", rows, graph.Constant(weightName + ".scales", columns, hidden));
    }

    /// <inheritdoc/>
    public override GraphValue Multiply(GraphBuilder graph, string name, GraphValue x, string weightName, float[] matrix, int outputs)
    {
        if (inFloats?.Contains(EncoderMatMulNames.Of(weightName)) == true)
            return base.Multiply(graph, name, x, weightName, matrix, outputs);
        var (integers, columns) = SymmetricQuantizer.PerColumn(matrix, outputs, SymmetricQuantizer.LargestFactor);
        if (!_quantized.TryGetValue(x.Name, out var input)) // query, key and value read the same
            _quantized[x.Name] = input = graph.DynamicQuantizeLinear(x.Name + "/integers", x);
        var weight = graph.Constant(weightName + ".integers", integers, x.Shape[^1], outputs);
        var sums = graph.Cast(
            name + "/sums", graph.MatMulInteger(name + "/integers", input.Integers, weight, input.ZeroPoint), DataType.Float);
        return graph.Mul(name, sums, graph.Mul(name + "/scales", input.Scale, graph.Constant(weightName + ".scales", columns, outputs)));
    }
}
