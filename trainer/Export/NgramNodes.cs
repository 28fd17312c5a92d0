using Edge.Trainer.Export.Graph;
using Edge.Trainer.Ngrams;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export;

/// <summary>The part of a model file that looks n-grams up (<see cref="NgramTable"/>).</summary>
/// <param name="graph">The graph.</param>
/// <param name="table">The table.</param>
/// <param name="weights">The heads.</param>
internal sealed class NgramNodes(GraphBuilder graph, NgramTable table, StudentWeights weights)
{
    /// <summary>Scores of all heads: of each span head [batch, length, tags], and of the others together [batch, length, outputs].</summary>
    /// <param name="windows">Ids of every token's window, [batch, length, window].</param>
    /// <param name="asIntegers">Whether the table is stored in 8 bits.</param>
    public (IReadOnlyList<GraphValue> Spans, GraphValue? Utterances) Scores(GraphValue windows, bool asIntegers)
    {
        var kinds = NgramKinds.Count;
        var products = Products(windows, graph.Constant("ngrams.factors", NgramKinds.Factors, NgramKinds.Window, kinds));
        var numbers = graph.Add("ngrams/numbers", products, graph.Constant("ngrams.salts", NgramKinds.Salts, kinds)); // [batch, length, kinds]
        var slots = graph.Mod("ngrams/slots", numbers, graph.Index(table.Slots));
        var owners = graph.Gather("ngrams/owners", graph.Constant("ngrams.owners", table.Owners, table.Slots), slots);
        var rows = graph.Gather("ngrams/rows/all", graph.Constant("ngrams.rows", table.Rows, table.Slots), slots);
        var known = graph.Where("ngrams/rows", graph.Equal("ngrams/known", owners, numbers), rows, graph.Constant("ngrams.none", new int[1], 1));
        var scores = Sums(known, asIntegers);

        var parts = weights.SpanHeads.Select(head => ($"ngrams/{head.Name}", (long)head.OutputCount)).ToList();
        var others = weights.UtteranceHeads.Sum(head => head.OutputCount);
        if (others > 0)
            parts.Add(("ngrams/utterances", others));
        var cut = parts.Count == 1 ? [scores] : graph.Split("ngrams/parts", scores, 2, [.. parts]);
        return (cut[..weights.SpanHeads.Count], others > 0 ? cut[^1] : null);
    }

    /// <summary>The scores of the heads that judge a whole utterance: the sum over its tokens, by the root of their number.</summary>
    /// <param name="scores">[batch, length, outputs], 0 for padding.</param>
    /// <param name="tokens">Number of tokens, [batch, 1] or [1].</param>
    public GraphValue Utterances(GraphValue scores, GraphValue tokens) =>
        graph.Div("ngrams/utterance", graph.ReduceSum("ngrams/utterance/sum", scores, 1), graph.Sqrt("ngrams/utterance/root", tokens));

    // Half precision is for CUDA, which multiplies no matrices of integers.
    private GraphValue Products(GraphValue windows, GraphValue factors) => graph.Floats == DataType.Float16
        ? graph.ReduceSum("ngrams/products", graph.Mul("ngrams/products/all", graph.Unsqueeze("ngrams/windows/wide", windows, 3), factors), 2)
        : graph.MatMul("ngrams/products", windows, factors);

    private GraphValue Sums(GraphValue rows, bool asIntegers) // over kinds: [batch, length, columns]
    {
        var count = table.Count + 1;
        if (!asIntegers)
            return graph.ReduceSum("ngrams/scores", graph.Gather("ngrams/table", graph.Constant("ngrams.scores", table.Scores, count, table.Columns), rows), 2);
        var (integers, scales) = SymmetricQuantizer.PerColumn(table.Scores, table.Columns);
        var found = graph.Gather("ngrams/integers", graph.Constant("ngrams.scores.integers", integers, count, table.Columns), rows);
        // Scaled behind the sum: DequantizeLinear with a scale for each column takes as long as all the rest of it.
        var sums = graph.ReduceSum("ngrams/sums", graph.Cast("ngrams/table", found, graph.Floats), 2);
        return graph.Mul("ngrams/scores", sums, graph.Constant("ngrams.scores.scales", scales, table.Columns));
    }
}
