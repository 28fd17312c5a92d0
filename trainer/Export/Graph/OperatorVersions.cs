namespace Edge.Trainer.Export.Graph;

/// <summary>
/// Since which version of its domain each operator has the form that the graphs use
/// (https://github.com/onnx/onnx/blob/v1.12.0/docs/Changelog.md): the newest that <see cref="GraphBuilder.Opset"/> knows.
/// </summary>
internal static class OperatorVersions
{
    /// <summary>Versions by domain and operator; the empty domain is the standard.</summary>
    public static IReadOnlyDictionary<(string Domain, string Operator), int> Since { get; } = new Dictionary<(string, string), int>
    {
        [("", "Add")] = 14,
        [("", "And")] = 7,
        [("", "Cast")] = 13,
        [("", "Clip")] = 13,
        [("", "Concat")] = 13,
        [("", "CumSum")] = 14,
        [("", "DequantizeLinear")] = 13,
        [("", "Div")] = 14,
        [("", "DynamicQuantizeLinear")] = 11,
        [("", "Equal")] = 13,
        [("", "Erf")] = 13,
        [("", "Gather")] = 13,
        [("", "GatherND")] = 13,
        [("", "Gemm")] = 13,
        [("", "LayerNormalization")] = 17,
        [("", "LessOrEqual")] = 16,
        [("", "MatMul")] = 13,
        [("", "MatMulInteger")] = 10,
        [("", "Mod")] = 13,
        [("", "Mul")] = 14,
        [("", "ReduceMean")] = 13, // axes as an attribute; 18 has them as an input
        [("", "ReduceSum")] = 13, // axes as an input
        [("", "Relu")] = 14,
        [("", "Reshape")] = 14,
        [("", "Shape")] = 15, // with start and end
        [("", "Slice")] = 13,
        [("", "Softmax")] = 13, // over one axis, not over all from it on
        [("", "Split")] = 13, // sizes as an input
        [("", "Sqrt")] = 13,
        [("", "Sub")] = 14,
        [("", "Tanh")] = 13,
        [("", "Transpose")] = 13,
        [("", "Unsqueeze")] = 13, // axes as an input
        [("", "Where")] = 16,
        [(GraphBuilder.ContribDomain, "DynamicQuantizeMatMul")] = 1,
        [(GraphBuilder.ContribDomain, "Gelu")] = 1,
        [(GraphBuilder.ContribDomain, "MultiHeadAttention")] = 1,
    };

    /// <summary>Demands that a model's version of a domain has an operator.</summary>
    /// <exception cref="GraphException">The operator is not known here, or is newer.</exception>
    public static void Demand(string node, string op, string domain, int opset)
    {
        var model = $"the model has version {opset} of {(domain.Length == 0 ? "ai.onnx" : domain)}";
        if (!Since.TryGetValue((domain, op), out var since))
            throw Check.Fail(node, op, $"{nameof(OperatorVersions)} does not say since which version there is this operator, and {model}");
        if (since > opset)
            throw Check.Fail(node, op, $"it needs version {since}, and {model}");
    }
}
