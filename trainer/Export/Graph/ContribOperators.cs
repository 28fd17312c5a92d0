using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export.Graph;

/// <summary>
/// ONNX Runtime's own operators, domain com.microsoft version 1
/// (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md). No other runtime knows them.
/// </summary>
internal static class ContribOperators
{
    /// <summary>
    /// x · weight + bias in 8-bit integers: x is quantized as it comes, over the whole tensor; the weight has one scale a
    /// column, or one for all.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Name of the node.</param>
    /// <param name="x">[.., k], float.</param>
    /// <param name="weight">[k, n], signed: unsigned weights ran 1.6 times slower on a CPU with VNNI.</param>
    /// <param name="scale">[n] or scalar.</param>
    /// <param name="bias">[n].</param>
    public static GraphValue DynamicQuantizeMatMul(
        this GraphBuilder graph, string name, GraphValue x, GraphValue weight, GraphValue scale, GraphValue bias)
    {
        const string op = "DynamicQuantizeMatMul";
        Check.Type(name, op, x, DataType.Float);
        Check.Type(name, op, weight, DataType.Int8);
        Check.Type(name, op, scale, DataType.Float);
        Check.Rank(name, op, weight, 2);
        Check.Shape(name, op, weight, x.Shape[^1], weight.Shape[1]);
        if (scale.Rank != 0)
            Check.Shape(name, op, scale, weight.Shape[1]);
        Check.Shape(name, op, bias, weight.Shape[1]);
        GraphValue?[] inputs = [x, weight, scale, null, bias]; // no zero point: the weight is symmetric
        return graph.Node(name, op, inputs, DataType.Float, [.. x.Shape[..^1], weight.Shape[1]], domain: GraphBuilder.ContribDomain);
    }

    /// <summary>Scaled dot-product attention without a mask.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Name of the node.</param>
    /// <param name="query">[batch, length, hidden].</param>
    /// <param name="key">The same.</param>
    /// <param name="value">The same.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="added">What is added to the scaled scores, [1, heads, length, length]; <c>null</c>: nothing.</param>
    public static GraphValue MultiHeadAttention(
        this GraphBuilder graph, string name, GraphValue query, GraphValue key, GraphValue value, int heads, GraphValue? added)
    {
        const string op = "MultiHeadAttention";
        Check.Type(name, op, query, DataType.Float);
        Check.Rank(name, op, query, 3);
        Check.Shape(name, op, key, query.Shape);
        Check.Shape(name, op, value, query.Shape);
        if (heads < 1 || query.Shape[2].Size % heads != 0)
            throw Check.Fail(name, op, $"{query.Name} is {query}; its last size must be a multiple of {heads} heads");
        if (added is not null)
            Check.Shape(name, op, added, 1, heads, query.Shape[1], query.Shape[1]);
        GraphValue?[] inputs = added is null ? [query, key, value] : [query, key, value, null, null, added]; // no bias, no mask of padding
        return graph.Node(name, op, inputs, query.Type, query.Shape, [Check.Int("num_heads", heads)], GraphBuilder.ContribDomain);
    }

    /// <summary>The exact Gelu, by the error function.</summary>
    public static GraphValue Gelu(this GraphBuilder graph, string name, GraphValue x)
    {
        Check.Type(name, "Gelu", x, DataType.Float);
        return graph.Node(name, "Gelu", [x], x.Type, x.Shape, domain: GraphBuilder.ContribDomain);
    }
}
