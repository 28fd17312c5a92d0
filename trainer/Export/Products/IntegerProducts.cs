using Edge.Trainer.Export.Graph;

namespace Edge.Trainer.Export.Products;

/// <summary>8-bit integers in standard operators; how products are made of them differs.</summary>
internal abstract class IntegerProducts : EncoderProducts
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
}
