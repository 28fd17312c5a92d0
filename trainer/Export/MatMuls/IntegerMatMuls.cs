using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;

namespace Edge.Trainer.Export.MatMuls;

/// <summary>8-bit integers in standard operators; how MatMuls are made of them differs.</summary>
/// <param name="inFloats">Of <see cref="EncoderMatMulNames"/>, those that stay in single precision; <c>null</c>: none.</param>
internal abstract class IntegerMatMuls(IReadOnlySet<string>? inFloats) : EncoderMatMuls
{
    /// <inheritdoc/>
    public override bool AreIntegers => true;

    /// <inheritdoc/>
    public override GraphValue Words(GraphBuilder graph, string weightName, float[] table, int hidden, GraphValue ids)
    {
        var (integers, columns) = SymmetricQuantizer.PerColumn(table, hidden);
        var rows = graph.Gather("embeddings/integers", graph.Constant(weightName + ".integers", integers, table.Length / hidden, hidden), ids);
        return graph.DequantizeLinear("embeddings/words", rows, graph.Constant(weightName + ".scales", columns, hidden));
    }

    /// <inheritdoc/>
    public sealed override GraphValue Multiply(GraphBuilder graph, string name, GraphValue x, string weightName, float[] matrix, int outputs) =>
        inFloats?.Contains(EncoderMatMulNames.Of(weightName)) == true
            ? base.Multiply(graph, name, x, weightName, matrix, outputs)
            : MultiplyIntegers(graph, name, x, weightName, matrix, outputs);

    /// <summary>x · matrix in integers.</summary>
    protected abstract GraphValue MultiplyIntegers(GraphBuilder graph, string name, GraphValue x, string weightName, float[] matrix, int outputs);
}
