using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export.Graph;

/// <summary>
/// The operators of ai.onnx, opset 17, that a BERT encoder needs (https://github.com/onnx/onnx/blob/v1.12.0/docs/Operators.md).
/// </summary>
internal static class StandardOperators
{
    public static GraphValue Add(this GraphBuilder graph, string name, GraphValue a, GraphValue b) => Elementwise(graph, name, "Add", a, b);

    public static GraphValue Sub(this GraphBuilder graph, string name, GraphValue a, GraphValue b) => Elementwise(graph, name, "Sub", a, b);

    public static GraphValue Mul(this GraphBuilder graph, string name, GraphValue a, GraphValue b) => Elementwise(graph, name, "Mul", a, b);

    public static GraphValue Div(this GraphBuilder graph, string name, GraphValue a, GraphValue b) => Elementwise(graph, name, "Div", a, b);

    /// <summary>Remainder with the sign of the divisor, for integers.</summary>
    public static GraphValue Mod(this GraphBuilder graph, string name, GraphValue a, GraphValue b) => Elementwise(graph, name, "Mod", a, b);

    public static GraphValue Equal(this GraphBuilder graph, string name, GraphValue a, GraphValue b) => Compare(graph, name, "Equal", a, b);

    public static GraphValue LessOrEqual(this GraphBuilder graph, string name, GraphValue a, GraphValue b) =>
        Compare(graph, name, "LessOrEqual", a, b);

    public static GraphValue And(this GraphBuilder graph, string name, GraphValue a, GraphValue b)
    {
        Check.Type(name, "And", a, DataType.Bool);
        return Elementwise(graph, name, "And", a, b);
    }

    /// <summary>Elements of <paramref name="yes"/> where the condition holds, of <paramref name="no"/> elsewhere.</summary>
    public static GraphValue Where(this GraphBuilder graph, string name, GraphValue condition, GraphValue yes, GraphValue no)
    {
        Check.Type(name, "Where", condition, DataType.Bool);
        Check.Type(name, "Where", no, yes.Type);
        Check.Shape(name, "Where", condition, yes.Shape);
        return graph.Node(name, "Where", [condition, yes, no], yes.Type, Check.Broadcast(name, "Where", yes, no));
    }

    /// <summary>Integers, no smaller and no greater than given.</summary>
    public static GraphValue Clip(this GraphBuilder graph, string name, GraphValue x, long smallest, long greatest)
    {
        Check.Type(name, "Clip", x, DataType.Int64);
        return graph.Node(name, "Clip", [x, graph.Index(smallest), graph.Index(greatest)], x.Type, x.Shape);
    }

    public static GraphValue Sqrt(this GraphBuilder graph, string name, GraphValue x) => Unary(graph, name, "Sqrt", x);

    public static GraphValue Erf(this GraphBuilder graph, string name, GraphValue x) => Unary(graph, name, "Erf", x);

    public static GraphValue Relu(this GraphBuilder graph, string name, GraphValue x) => Unary(graph, name, "Relu", x);

    public static GraphValue Tanh(this GraphBuilder graph, string name, GraphValue x) => Unary(graph, name, "Tanh", x);

    /// <summary>The exact Gelu, x/2 · (1 + erf(x/√2)), in the form that runtimes recognize and fuse.</summary>
    public static GraphValue GeluOfParts(this GraphBuilder graph, string name, GraphValue x)
    {
        var erf = graph.Erf(name + "/erf", graph.Div(name + "/scaled", x, graph.Scalar(MathF.Sqrt(2))));
        var product = graph.Mul(name + "/product", x, graph.Add(name + "/shifted", erf, graph.Scalar(1)));
        return graph.Mul(name, product, graph.Scalar(0.5f));
    }

    /// <summary>Softmax over the last axis.</summary>
    public static GraphValue Softmax(this GraphBuilder graph, string name, GraphValue x)
    {
        Check.Floats(name, "Softmax", x);
        return graph.Node(name, "Softmax", [x], x.Type, x.Shape, [Check.Int("axis", -1)]);
    }

    public static GraphValue Cast(this GraphBuilder graph, string name, GraphValue x, DataType type) =>
        graph.Node(name, "Cast", [x], type, x.Shape, [Check.Int("to", (long)type)]);

    /// <summary>Rows of <paramref name="data"/> along an axis; an index without dimensions drops the axis.</summary>
    public static GraphValue Gather(this GraphBuilder graph, string name, GraphValue data, GraphValue indices, int axis = 0)
    {
        Check.Type(name, "Gather", indices, DataType.Int64, DataType.Int32);
        axis = Check.Axis(name, "Gather", data, axis);
        Dimension[] shape = [.. data.Shape[..axis], .. indices.Shape, .. data.Shape[(axis + 1)..]];
        return graph.Node(name, "Gather", [data, indices], data.Type, shape, [Check.Int("axis", axis)]);
    }

    /// <summary>Elements of data [batch, n] at indices [batch, .., 1].</summary>
    public static GraphValue GatherInRows(this GraphBuilder graph, string name, GraphValue data, GraphValue indices)
    {
        Check.Type(name, "GatherND", indices, DataType.Int64);
        Check.Rank(name, "GatherND", data, 2);
        if (indices.Shape[0] != data.Shape[0] || indices.Shape[^1] != 1)
            throw Check.Fail(name, "GatherND", $"{indices.Name}, {indices}, does not point into the rows of {data.Name}, {data}");
        return graph.Node(name, "GatherND", [data, indices], data.Type, indices.Shape[..^1], [Check.Int("batch_dims", 1)]);
    }

    /// <summary>Puts values one after another along an axis, whose length then has the given size or name.</summary>
    public static GraphValue Concat(this GraphBuilder graph, string name, int axis, Dimension length, params GraphValue[] parts)
    {
        Dimension[] shape = [.. parts[0].Shape];
        axis = Check.Axis(name, "Concat", parts[0], axis);
        shape[axis] = length;
        foreach (var part in parts)
        {
            Check.Type(name, "Concat", part, parts[0].Type);
            Check.Rank(name, "Concat", part, shape.Length);
        }
        return graph.Node(name, "Concat", parts, parts[0].Type, shape, [Check.Int("axis", axis)]);
    }

    /// <summary>Length of an axis, as a list of one integer.</summary>
    public static GraphValue Length(this GraphBuilder graph, string name, GraphValue x, int axis)
    {
        axis = Check.Axis(name, "Shape", x, axis);
        return graph.Node(name, "Shape", [x], DataType.Int64, [1], [Check.Int("start", axis), Check.Int("end", axis + 1)]);
    }

    /// <summary>[.., m, k] by [.., k, n].</summary>
    public static GraphValue MatMul(this GraphBuilder graph, string name, GraphValue a, GraphValue b)
    {
        Check.Type(name, "MatMul", a, DataType.Float, DataType.Float16, DataType.Int64);
        Check.Type(name, "MatMul", b, a.Type);
        if (a.Rank < 2 || b.Rank < 2 || a.Shape[^1] != b.Shape[^2])
            throw Check.Fail(name, "MatMul", $"{a.Name}, {a}, cannot be multiplied by {b.Name}, {b}: inner sizes must be equal");
        var outer = Check.Broadcast(a.Shape.AsSpan()[..^2], b.Shape.AsSpan()[..^2])
            ?? throw Check.Fail(name, "MatMul", $"outer sizes of {a.Name}, {a}, and {b.Name}, {b}, do not broadcast");
        return graph.Node(name, "MatMul", [a, b], a.Type, [.. outer, a.Shape[^2], b.Shape[^1]]);
    }

    /// <summary>x · weightᵀ + bias for x [rows, k], weight [n, k], bias [n].</summary>
    public static GraphValue Linear(this GraphBuilder graph, string name, GraphValue x, GraphValue weight, GraphValue bias)
    {
        Check.Floats(name, "Gemm", x);
        Check.Rank(name, "Gemm", x, 2);
        Check.Rank(name, "Gemm", weight, 2);
        Check.Type(name, "Gemm", weight, x.Type);
        Check.Type(name, "Gemm", bias, x.Type);
        Check.Shape(name, "Gemm", weight, weight.Shape[0], x.Shape[1]);
        Check.Shape(name, "Gemm", bias, weight.Shape[0]);
        return graph.Node(name, "Gemm", [x, weight, bias], x.Type, [x.Shape[0], weight.Shape[0]], [Check.Int("transB", 1)]);
    }

    /// <summary>LayerNorm over the last axis.</summary>
    public static GraphValue LayerNormalization(
        this GraphBuilder graph, string name, GraphValue x, GraphValue scale, GraphValue bias, double epsilon)
    {
        Check.Floats(name, "LayerNormalization", x);
        Check.Shape(name, "LayerNormalization", scale, x.Shape[^1]);
        Check.Shape(name, "LayerNormalization", bias, x.Shape[^1]);
        return graph.Node(
            name, "LayerNormalization", [x, scale, bias], x.Type, x.Shape, [Check.Int("axis", -1), Check.Float("epsilon", epsilon)]);
    }

    public static GraphValue Transpose(this GraphBuilder graph, string name, GraphValue x, params int[] order)
    {
        if (!order.Order().SequenceEqual(Enumerable.Range(0, x.Rank)))
            throw Check.Fail(name, "Transpose", $"[{string.Join(", ", order)}] is no order of the axes of {x.Name}, {x}");
        return graph.Node(name, "Transpose", [x], x.Type, [.. order.Select(axis => x.Shape[axis])],
            [Check.Ints("perm", order.Select(axis => (long)axis))]);
    }

    /// <summary>The same elements in another shape. A named size must keep its place.</summary>
    public static GraphValue Reshape(this GraphBuilder graph, string name, GraphValue x, params Dimension[] shape)
    {
        var kept = shape.Select((size, axis) => size.Name is null || (axis < x.Rank && x.Shape[axis] == size)).All(same => same);
        var sameNames = x.Shape.Count(size => size.Name is not null) == shape.Count(size => size.Name is not null);
        if (!kept || !sameNames || Elements(x.Shape) != Elements(shape))
            throw Check.Fail(name, "Reshape", $"{x.Name}, {x}, does not take the shape [{string.Join(", ", shape)}]");
        var target = graph.Integers([.. shape.Select(size => size.Size)]); // 0 keeps the size at its place
        return graph.Node(name, "Reshape", [x, target], x.Type, shape);
    }

    /// <summary>Adds axes of size 1.</summary>
    public static GraphValue Unsqueeze(this GraphBuilder graph, string name, GraphValue x, params long[] axes)
    {
        var shape = x.Shape.ToList();
        foreach (var axis in axes)
            shape.Insert((int)axis, 1);
        return graph.Node(name, "Unsqueeze", [x, graph.Integers(axes)], x.Type, [.. shape]);
    }

    /// <summary>Running sum along an axis, each element included.</summary>
    public static GraphValue CumSum(this GraphBuilder graph, string name, GraphValue x, int axis) =>
        graph.Node(name, "CumSum", [x, graph.Index(Check.Axis(name, "CumSum", x, axis))], x.Type, x.Shape);

    /// <summary>Sum over an axis.</summary>
    public static GraphValue ReduceSum(this GraphBuilder graph, string name, GraphValue x, int axis)
    {
        axis = Check.Axis(name, "ReduceSum", x, axis);
        return graph.Node(name, "ReduceSum", [x, graph.Integers(axis)], x.Type, Without(x.Shape, axis), [Check.Int("keepdims", 0)]);
    }

    /// <summary>Mean over an axis.</summary>
    public static GraphValue ReduceMean(this GraphBuilder graph, string name, GraphValue x, int axis)
    {
        Check.Floats(name, "ReduceMean", x);
        axis = Check.Axis(name, "ReduceMean", x, axis);
        return graph.Node(name, "ReduceMean", [x], x.Type, Without(x.Shape, axis), [Check.Ints("axes", axis), Check.Int("keepdims", 0)]);
    }

    /// <summary>The first elements of an axis, as many as <paramref name="like"/> has along its axis.</summary>
    public static GraphValue First(this GraphBuilder graph, string name, GraphValue x, int axis, GraphValue like, int likeAxis)
    {
        axis = Check.Axis(name, "Slice", x, axis);
        var count = graph.Length(name + "/count", like, likeAxis);
        Dimension[] shape = [.. x.Shape];
        shape[axis] = like.Shape[Check.Axis(name, "Slice", like, likeAxis)];
        return graph.Node(name, "Slice", [x, graph.Integers(0), count, graph.Integers(axis)], x.Type, shape);
    }

    /// <summary>The first elements of two axes, as many of each as <paramref name="like"/> has along its axis.</summary>
    public static GraphValue FirstSquare(
        this GraphBuilder graph, string name, GraphValue x, (int Rows, int Columns) axes, GraphValue like, int likeAxis)
    {
        var (rows, columns) = (Check.Axis(name, "Slice", x, axes.Rows), Check.Axis(name, "Slice", x, axes.Columns));
        var count = graph.Length(name + "/count", like, likeAxis);
        var counts = graph.Concat(name + "/counts", 0, 2, count, count);
        Dimension[] shape = [.. x.Shape];
        shape[rows] = shape[columns] = like.Shape[Check.Axis(name, "Slice", like, likeAxis)];
        return graph.Node(name, "Slice", [x, graph.Integers(0, 0), counts, graph.Integers(rows, columns)], x.Type, shape);
    }

    /// <summary>Cuts an axis into parts with a name and a size each.</summary>
    public static GraphValue[] Split(this GraphBuilder graph, string name, GraphValue x, int axis, params (string Name, long Size)[] parts)
    {
        axis = Check.Axis(name, "Split", x, axis);
        if (x.Shape[axis] != parts.Sum(part => part.Size))
            throw Check.Fail(
                name, "Split", $"parts of {string.Join(" + ", parts.Select(part => part.Size))} do not fill axis {axis} of {x.Name}, {x}");
        var results = parts.Select(part => (part.Name, x.Type, (Dimension[])[.. x.Shape[..axis], part.Size, .. x.Shape[(axis + 1)..]]));
        return graph.Node(
            name, "Split", [x, graph.Integers([.. parts.Select(part => part.Size)])], [.. results], [Check.Int("axis", axis)]);
    }

    /// <summary>x · scale for 8-bit x, with one scale, or one for each element of an axis.</summary>
    public static GraphValue DequantizeLinear(this GraphBuilder graph, string name, GraphValue x, GraphValue scale, int axis = -1)
    {
        Check.Type(name, "DequantizeLinear", x, DataType.Int8, DataType.Uint8);
        Check.Type(name, "DequantizeLinear", scale, graph.Floats);
        axis = Check.Axis(name, "DequantizeLinear", x, axis);
        if (scale.Rank != 0)
            Check.Shape(name, "DequantizeLinear", scale, x.Shape[axis]);
        return graph.Node(name, "DequantizeLinear", [x, scale], graph.Floats, x.Shape, [Check.Int("axis", axis)]);
    }

    /// <summary>x as unsigned 8-bit integers, with one scale and one zero point that are found in the run.</summary>
    public static (GraphValue Integers, GraphValue Scale, GraphValue ZeroPoint) DynamicQuantizeLinear(
        this GraphBuilder graph, string name, GraphValue x)
    {
        Check.Type(name, "DynamicQuantizeLinear", x, DataType.Float);
        var results = graph.Node(name, "DynamicQuantizeLinear", [x],
            [(name, DataType.Uint8, x.Shape), (name + "/scale", DataType.Float, []), (name + "/zero", DataType.Uint8, [])]);
        return (results[0], results[1], results[2]);
    }

    /// <summary>(a - zero point) · b for 8-bit integers, [.., m, k] by [k, n].</summary>
    /// <returns>32-bit integers.</returns>
    public static GraphValue MatMulInteger(this GraphBuilder graph, string name, GraphValue a, GraphValue b, GraphValue zeroPoint)
    {
        Check.Type(name, "MatMulInteger", a, DataType.Uint8);
        Check.Type(name, "MatMulInteger", b, DataType.Int8);
        Check.Type(name, "MatMulInteger", zeroPoint, a.Type);
        Check.Rank(name, "MatMulInteger", b, 2);
        Check.Shape(name, "MatMulInteger", b, a.Shape[^1], b.Shape[1]);
        return graph.Node(name, "MatMulInteger", [a, b, zeroPoint], DataType.Int32, [.. a.Shape[..^1], b.Shape[1]]);
    }

    private static GraphValue Elementwise(GraphBuilder graph, string name, string op, GraphValue a, GraphValue b)
    {
        Check.Type(name, op, b, a.Type);
        return graph.Node(name, op, [a, b], a.Type, Check.Broadcast(name, op, a, b));
    }

    private static GraphValue Compare(GraphBuilder graph, string name, string op, GraphValue a, GraphValue b)
    {
        Check.Type(name, op, b, a.Type);
        return graph.Node(name, op, [a, b], DataType.Bool, Check.Broadcast(name, op, a, b));
    }

    private static GraphValue Unary(GraphBuilder graph, string name, string op, GraphValue x)
    {
        Check.Floats(name, op, x);
        return graph.Node(name, op, [x], x.Type, x.Shape);
    }

    private static Dimension[] Without(Dimension[] shape, int axis) => [.. shape[..axis], .. shape[(axis + 1)..]];

    private static long Elements(Dimension[] shape) =>
        shape.Where(size => size.Name is null).Aggregate(1L, (product, size) => product * size.Size);
}
