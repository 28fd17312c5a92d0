using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export.Graph;

/// <summary>A tensor in a graph that is being built: an input, a constant, or what a node computes.</summary>
internal sealed record GraphValue(GraphBuilder Owner, string Name, DataType Type, Dimension[] Shape)
{
    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>For messages: <c>Float[batch, length, 312]</c>.</summary>
    public override string ToString() => Describe(Type, Shape);

    /// <summary>Element type and shape as one word.</summary>
    public static string Describe(DataType type, IEnumerable<Dimension> shape) => $"{type}[{string.Join(", ", shape)}]";
}
