using Edge.Trainer.Export.Graph;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Tests.Export;

public class GraphBuilderTests
{
    private readonly GraphBuilder _graph = new("test");

    public static TheoryData<string, string> Mistakes => new()
    {
        { "MatMul", "node bad (MatMul): x, Float[batch, length, 8], cannot be multiplied by square, Float[4, 4]" },
        { "Add", "node bad (Add): x, Float[batch, length, 8], and square, Float[4, 4], do not broadcast" },
        { "Names", "node bad (Add): x, Float[batch, length, 8], and turned, Float[length, batch, 8], do not broadcast" },
        { "Types", "node bad (Mul): ids is Int64[batch, length]; its elements must be Float" },
        { "Gather", "node bad (Gather): x is Float[batch, length, 8]; its elements must be Int64 or Int32" },
        { "Linear", "node bad (Gemm): x is Float[batch, length, 8]; it must have 2 dimensions" },
        { "LayerNorm", "node bad (LayerNormalization): vector is Float[4]; its shape must be [8]" },
        { "Reshape", "node bad (Reshape): x, Float[batch, length, 8], does not take the shape [batch, length, 3, 3]" },
        { "ReshapeNames", "node bad (Reshape): x, Float[batch, length, 8], does not take the shape [length, batch, 8]" },
        { "Transpose", "node bad (Transpose): [0, 2] is no order of the axes of x, Float[batch, length, 8]" },
        { "Split", "node bad (Split): parts of 3 + 4 do not fill axis 2 of x, Float[batch, length, 8]" },
        { "Axis", "node bad (ReduceMean): axis 3 is not in x, which is Float[batch, length, 8]" },
        { "Dequantize", "node bad (DequantizeLinear): x is Float[batch, length, 8]; its elements must be Int8 or Uint8" },
        { "DynamicQuantizeMatMul", "node bad (DynamicQuantizeMatMul): square is Float[4, 4]; its elements must be Int8" },
        { "Attention", "node bad (MultiHeadAttention): x is Float[batch, length, 8]; its last size must be a multiple of 3 heads" },
        { "AttentionAdded", "node bad (MultiHeadAttention): square is Float[4, 4]; its shape must be [1, 2, length, length]" },
        { "Clip", "node bad (Clip): x is Float[batch, length, 8]; its elements must be Int64" },
        { "Unknown",
        "node bad (Gelu): OperatorVersions does not say since which version there is this operator, and the model has version 17 " +
        "of ai.onnx" },
        { "UnknownContrib",
        "node bad (Tanh): OperatorVersions does not say since which version there is this operator, and the model has version 1 of " +
        "com.microsoft" },
        { "Newer", "node bad (LayerNormalization): it needs version 17, and the model has version 16 of ai.onnx" },
        { "SameName", "ids: the name is taken by another input, constant or node of graph test" },
        { "OtherGraph", "node bad (Tanh): input y belongs to another graph" },
        { "Constant", "constant bad: 3 values do not fill Float[2, 2]" },
        { "OutputTwice", "output tanh: it is no node's result, or is an output already" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Node_GivenWhatItCannotTake_SaysWhichNodeAndWhy(string mistake, string expected)
    {
        var ids = _graph.Input("ids", DataType.Int64, "batch", "length");
        var x = _graph.Input("x", DataType.Float, "batch", "length", 8);
        var turned = _graph.Transpose("turned", x, 1, 0, 2);
        var square = _graph.Constant("square", new float[16], 4, 4);
        var vector = _graph.Constant("vector", new float[4], 4);
        const string bad = "bad";
        Action build = mistake switch
        {
            "MatMul" => () => _graph.MatMul(bad, x, square),
            "Add" => () => _graph.Add(bad, x, square),
            "Names" => () => _graph.Add(bad, x, turned),
            "Types" => () => _graph.Mul(bad, x, ids),
            "Gather" => () => _graph.Gather(bad, square, x),
            "Linear" => () => _graph.Linear(bad, x, square, vector),
            "LayerNorm" => () => _graph.LayerNormalization(bad, x, vector, vector, 1e-12),
            "Reshape" => () => _graph.Reshape(bad, x, "batch", "length", 3, 3),
            "ReshapeNames" => () => _graph.Reshape(bad, x, "length", "batch", 8),
            "Transpose" => () => _graph.Transpose(bad, x, 0, 2),
            "Split" => () => _graph.Split(bad, x, 2, ("one", 3), ("two", 4)),
            "Axis" => () => _graph.ReduceMean(bad, x, 3),
            "Dequantize" => () => _graph.DequantizeLinear(bad, x, vector),
            "DynamicQuantizeMatMul" => () => _graph.DynamicQuantizeMatMul(bad, x, square, vector, vector),
            "Attention" => () => _graph.MultiHeadAttention(bad, x, x, x, 3, null),
            "AttentionAdded" => () => _graph.MultiHeadAttention(bad, x, x, x, 2, square),
            "Clip" => () => _graph.Clip(bad, x, -1, 1),
            "Unknown" => () => _graph.Node(bad, "Gelu", [x], x.Type, x.Shape),
            "UnknownContrib" => () => _graph.Node(bad, "Tanh", [x], x.Type, x.Shape, domain: GraphBuilder.ContribDomain),
            "Newer" => () => OperatorVersions.Demand(bad, "LayerNormalization", "", 16),
            "SameName" => () => _graph.Tanh("ids", x),
            "OtherGraph" => () => _graph.Tanh(bad, new GraphBuilder("other").Input("y", DataType.Float, 1)),
            "Constant" => () => _graph.Constant(bad, new float[3], 2, 2),
            "OutputTwice" => OutputTwice,
            _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, null),
        };
        void OutputTwice()
        {
            var tanh = _graph.Tanh("tanh", x);
            _graph.Output(tanh);
            _graph.Output(tanh);
        }

        var failure = Assert.Throws<GraphException>(build);

        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ValueThatNothingReads_NamesIt()
    {
        var x = _graph.Input("x", DataType.Float, 1);
        _graph.Output(_graph.Tanh("answer", x));
        _graph.Tanh("forgotten", x);

        var failure = Assert.Throws<GraphException>(() => _graph.Build());

        Assert.Contains("nothing reads forgotten", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithoutOutput_SaysSo() =>
        Assert.Contains("graph test has no output", Assert.Throws<GraphException>(() => _graph.Build()).Message, StringComparison.Ordinal);

    [Fact]
    public void Build_ValuesInBetween_CarryTheirShapes()
    {
        var x = _graph.Input("x", DataType.Float, "batch", 2);
        var product = _graph.MatMul("product", x, _graph.Constant("weight", new float[6], 2, 3));
        _graph.Output(_graph.Softmax("answer", product));

        var model = _graph.Build();

        var info = Assert.Single(model.Graph.ValueInfo);
        Assert.Equal("product", info.Name);
        Assert.Equal("batch", info.Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal(3, info.Type.TensorType.Shape.Dim[1].DimValue);
        Assert.Equal("answer", Assert.Single(model.Graph.Output).Name);
        Assert.Equal(GraphBuilder.Opset, Assert.Single(model.OpsetImport).Version);
    }

    [Fact]
    public void Constants_OfEqualValue_AreStoredOnce()
    {
        Assert.Same(_graph.Scalar(0.5f), _graph.Scalar(0.5f));
        Assert.Same(_graph.Integers(0, 1), _graph.Integers(0, 1));
        Assert.NotSame(_graph.Integers(1), _graph.Index(1));
    }
}
