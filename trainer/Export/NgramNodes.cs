using Edge.Bundles.Tasks;
using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export;

/// <summary>The part of a model file that looks n-grams up (<see cref="NgramTable"/>).</summary>
/// <param name="graph">The graph.</param>
/// <param name="table">The table.</param>
/// <param name="weights">The heads.</param>
internal sealed class NgramNodes(GraphBuilder graph, NgramTable table, ExportWeights weights)
{
    /// <summary>
    /// Scores of the heads that have some: of span heads by name [batch, length, tags], and of the others together [batch, length,
    /// outputs].
    /// </summary>
    /// <param name="windows">Ids of every token's window, [batch, length, window].</param>
    /// <param name="asIntegers">Whether the table is stored in 8 bits.</param>
    public (IReadOnlyDictionary<string, GraphValue> Spans, GraphValue? Utterances) Scores(GraphValue windows, bool asIntegers)
    {
        var numbers = Numbers(windows);
        var buckets = graph.Mod("ngrams/buckets", numbers, graph.Index(table.Slots.Shifts.Length));
        var shifts = graph.Cast("ngrams/shifts",
            graph.Gather("ngrams/shifts/all", graph.Constant("ngrams.shifts", table.Slots.Shifts, table.Slots.Shifts.Length), buckets),
            DataType.Int64);
        var slots = graph.Mod("ngrams/slots", graph.Add("ngrams/shifted", numbers, shifts), graph.Index(table.None));
        var owners = graph.Gather("ngrams/owners/all", graph.Constant("ngrams.owners", table.Owners, table.None), slots);
        var checks = graph.Cast("ngrams/checks", numbers, DataType.Int32); // keeps the lower bits
        var known = graph.Where("ngrams/rows", graph.Equal("ngrams/known", owners, checks), slots, graph.Index(table.None));
        return Parts(Sums(known, asIntegers));
    }

    /// <summary>Cuts the sums of a token's rows, [batch, length, columns], as <see cref="Scores"/> returns them.</summary>
    public (IReadOnlyDictionary<string, GraphValue> Spans, GraphValue? Utterances) Parts(GraphValue scores)
    {
        HeadDefinition[] spans = [.. weights.SpanHeads.Where(head => table.Has(head.Name))];
        var others = weights.UtteranceHeads.Where(head => table.Has(head.Name)).Sum(head => head.OutputCount);
        var parts = spans.Select(head => ($"ngrams/of/{head.Name}", (long)head.OutputCount)).ToList();
        if (others > 0)
            parts.Add(("ngrams/utterances", others));
        var cut = parts.Count == 1 ? [scores] : graph.Split("ngrams/parts", scores, 2, [.. parts]);
        return (spans.Zip(cut).ToDictionary(part => part.First.Name, part => part.Second, StringComparer.Ordinal),
            others > 0 ? cut[^1] : null);
    }

    /// <summary>The scores of the heads that judge a whole utterance: the sum over its tokens, by the root of their number.</summary>
    /// <param name="scores">[batch, length, outputs], 0 for padding.</param>
    /// <param name="tokens">Number of tokens, [batch, 1] or [1].</param>
    public GraphValue Utterances(GraphValue scores, GraphValue tokens) =>
        graph.Div("ngrams/utterance", graph.ReduceSum("ngrams/utterance/sum", scores, 1), graph.Sqrt("ngrams/utterance/root", tokens));

    private GraphValue Numbers(GraphValue windows) => // [batch, length, kinds]
        graph.MatMul("ngrams/numbers", windows,
            graph.Constant("ngrams.factors", NgramKinds.FactorsOf(table.Kinds), NgramKinds.Window, table.Kinds.Count));

    private GraphValue Sums(GraphValue rows, bool asIntegers) // over kinds: [batch, length, columns]
    {
        var count = table.None + 1;
        if (!asIntegers)
            return graph.ReduceSum("ngrams/scores",
                graph.Gather("ngrams/table", graph.Constant("ngrams.scores", table.Scores, count, table.Columns), rows), 2);
        var (integers, scales) = SymmetricQuantizer.PerColumn(table.Scores, table.Columns);
        var found = graph.Gather("ngrams/integers", graph.Constant("ngrams.scores.integers", integers, count, table.Columns), rows);
        // Scaled behind the sum: DequantizeLinear with a scale for each column takes as long as all the rest of it.
        var sums = graph.ReduceSum("ngrams/sums", graph.Cast("ngrams/table", found, graph.Floats), 2);
        return graph.Mul("ngrams/scores", sums, graph.Constant("ngrams.scores.scales", scales, table.Columns));
    }
}
