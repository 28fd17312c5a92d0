using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Tests.Export;

/// <summary>
/// What ONNX Runtime's CUDA provider computes, of the operators in our files: a node without a kernel would run on the processor, with
/// copies to and fro. From the table that ONNX Runtime generates from its registered kernels (docs/OperatorKernels.md, commit 001d12d),
/// versions 13 to 18.
/// </summary>
internal static class CudaKernels
{
    private static readonly DataType[] Numbers = [DataType.Float16, DataType.Float, DataType.Int32, DataType.Int64];
    private static readonly DataType[] Floats = [DataType.Float16, DataType.Float];
    private static readonly DataType[] Anything = [.. Numbers, DataType.Bool, DataType.Int8, DataType.Uint8];

    // By operator, the types of what its result is made of.
    private static readonly Dictionary<string, DataType[]> Types = new(StringComparer.Ordinal)
    {
        ["Add"] = Numbers, ["Sub"] = Numbers, ["Mul"] = Numbers, ["Div"] = Numbers, ["Mod"] = Numbers, ["CumSum"] = Numbers,
        ["LessOrEqual"] = Numbers,
        ["ReduceSum"] = Floats, ["Equal"] = [.. Numbers, DataType.Bool], ["Where"] = [.. Numbers, DataType.Uint8],
        ["And"] = [DataType.Bool],
        ["Clip"] = [DataType.Float16, DataType.Float, DataType.Int64, DataType.Int8, DataType.Uint8],
        ["Erf"] = Floats, ["Gemm"] = Floats, ["LayerNormalization"] = Floats, ["MatMul"] = Floats,
        ["ReduceMean"] = [.. Floats, DataType.Int32], ["Relu"] = Floats,
        ["Softmax"] = Floats, ["Sqrt"] = Floats, ["Tanh"] = Floats,
        ["Cast"] = Anything, ["Concat"] = Anything, ["Expand"] = Anything, ["Gather"] = Anything, ["Reshape"] = Anything,
        ["Shape"] = Anything, ["Slice"] = Anything,
        ["Split"] = Anything, ["Transpose"] = Anything, ["Unsqueeze"] = Anything, ["GatherND"] = [.. Floats, DataType.Int64, DataType.Bool],
    };

    /// <summary>Nodes without a kernel: name, operator, type. An input without a known type counts as missing.</summary>
    public static IReadOnlyList<string> Missing(ModelProto model)
    {
        var graph = model.Graph;
        var types = graph.Input.Concat(graph.ValueInfo).Concat(graph.Output)
            .Select(value => (value.Name, Type: (DataType)value.Type.TensorType.ElemType))
            .Concat(graph.Initializer.Select(constant => (constant.Name, Type: (DataType)constant.DataType)))
            .DistinctBy(value => value.Name).ToDictionary(value => value.Name, value => value.Type, StringComparer.Ordinal);
        return [.. graph.Node
            .Where(node => !(Types.TryGetValue(node.OpType, out var known) && known.Contains(Type(node))))
            .Select(node => $"{node.Name}: {node.OpType} of {Type(node)}")];

        DataType Type(NodeProto node) => types.GetValueOrDefault(node.Input[node.OpType == "Where" ? 1 : 0]);
    }
}
