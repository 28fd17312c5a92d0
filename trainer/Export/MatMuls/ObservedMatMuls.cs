using Edge.Trainer.Export.Graph;

namespace Edge.Trainer.Export.MatMuls;

/// <summary>Single precision, and everything that is multiplied by a matrix becomes an output, so that its range can be seen.</summary>
internal sealed class ObservedMatMuls : EncoderMatMuls
{
    private readonly HashSet<string> _outputs = new(StringComparer.Ordinal);

    /// <summary>Names of the outputs.</summary>
    public IReadOnlyCollection<string> Outputs => _outputs;

    /// <inheritdoc/>
    public override GraphValue Multiply(GraphBuilder graph, string name, GraphValue x, string weightName, float[] matrix, int outputs)
    {
        if (_outputs.Add(x.Name))
            graph.Output(x);
        return base.Multiply(graph, name, x, weightName, matrix, outputs);
    }
}
