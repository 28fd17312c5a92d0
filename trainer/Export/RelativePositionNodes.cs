using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;

namespace Edge.Trainer.Export;

/// <summary>
/// Scores that attention adds for the distance of two tokens (<see cref="RelativePositions"/>), looked up once for all layers.
/// </summary>
internal static class RelativePositionNodes
{
    private const string At = "relative_positions";

    /// <summary>Looks the scores up.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">Has relative positions.</param>
    /// <param name="lookers">Places of the tokens that look, Int64 [.., rows, 1].</param>
    /// <param name="seen">Places of the tokens that are seen, Int64 [.., 1, columns].</param>
    /// <returns>[.., layers · heads, rows, columns].</returns>
    public static GraphValue Scores(GraphBuilder graph, ExportWeights weights, GraphValue lookers, GraphValue seen)
    {
        var (reach, count) = (weights.Config.RelativePositions, weights.Config.Layers * weights.Config.AttentionHeads);
        var table = graph.Constant(At, weights.RelativePositionsOfAllLayers(), RelativePositions.Distances(reach), count);
        var distances = graph.Clip(At + "/near", graph.Sub(At + "/distances", seen, lookers), -reach, reach);
        // [.., rows, columns, layers · heads]
        var scores = graph.Gather(At + "/scores", table, graph.Add(At + "/rows", distances, graph.Index(reach)));
        var rank = scores.Rank;
        return graph.Transpose(At + "/heads", scores, [.. Enumerable.Range(0, rank - 3), rank - 1, rank - 3, rank - 2]);
    }

    /// <summary>Cuts an axis of all layers and heads into layers.</summary>
    public static GraphValue[] OfLayers(GraphBuilder graph, ExportWeights weights, GraphValue scores, int axis) =>
        graph.Split(At + "/layers", scores, axis,
            [.. Enumerable.Range(0, weights.Config.Layers).Select(layer => ($"{At}/layer/{layer}", (long)weights.Config.AttentionHeads))]);
}
