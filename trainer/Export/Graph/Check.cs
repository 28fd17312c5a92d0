using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export.Graph;

/// <summary>What operators ask of their inputs. Every message starts with the node.</summary>
internal static class Check
{
    /// <summary>The exception of a node that cannot take what it was given.</summary>
    public static GraphException Fail(string node, string op, string problem) => new($"node {node} ({op}): {problem}.");

    /// <summary>Demands an element type.</summary>
    public static void Type(string node, string op, GraphValue value, params DataType[] allowed)
    {
        if (!allowed.Contains(value.Type))
            throw Fail(node, op, $"{value.Name} is {value}; its elements must be {string.Join(" or ", allowed)}");
    }

    /// <summary>Demands floats of either precision.</summary>
    public static void Floats(string node, string op, GraphValue value) => Type(node, op, value, DataType.Float, DataType.Float16);

    /// <summary>Demands a number of dimensions.</summary>
    public static void Rank(string node, string op, GraphValue value, int rank)
    {
        if (value.Rank != rank)
            throw Fail(node, op, $"{value.Name} is {value}; it must have {rank} dimensions");
    }

    /// <summary>Demands a shape.</summary>
    public static void Shape(string node, string op, GraphValue value, params Dimension[] expected)
    {
        if (!value.Shape.SequenceEqual(expected))
            throw Fail(node, op, $"{value.Name} is {value}; its shape must be [{string.Join(", ", expected)}]");
    }

    /// <summary>An axis from the front, counted from 0, of one that may be counted from the back.</summary>
    public static int Axis(string node, string op, GraphValue value, int axis)
    {
        var front = axis < 0 ? axis + value.Rank : axis;
        return front >= 0 && front < value.Rank
            ? front
            : throw Fail(node, op, $"axis {axis} is not in {value.Name}, which is {value}");
    }

    /// <summary>The shape of two broadcast together (https://github.com/onnx/onnx/blob/v1.12.0/docs/Broadcasting.md).</summary>
    public static Dimension[] Broadcast(string node, string op, GraphValue a, GraphValue b) =>
        Broadcast(a.Shape, b.Shape) ?? throw Fail(node, op, $"{a.Name}, {a}, and {b.Name}, {b}, do not broadcast");

    /// <summary>The shape of two broadcast together; <c>null</c> where they do not fit.</summary>
    public static Dimension[]? Broadcast(ReadOnlySpan<Dimension> a, ReadOnlySpan<Dimension> b)
    {
        var result = new Dimension[Math.Max(a.Length, b.Length)];
        for (var i = 1; i <= result.Length; i++)
        {
            Dimension left = i <= a.Length ? a[^i] : 1;
            Dimension right = i <= b.Length ? b[^i] : 1;
            if (left != right && !left.IsOne && !right.IsOne)
                return null;
            result[^i] = left.IsOne ? right : left;
        }
        return result;
    }

    /// <summary>An integer attribute.</summary>
    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A float attribute.</summary>
    public static AttributeProto Float(string name, double value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = (float)value };

    /// <summary>An attribute of integers.</summary>
    public static AttributeProto Ints(string name, params IEnumerable<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }
}
