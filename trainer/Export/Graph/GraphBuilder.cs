using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export.Graph;

/// <summary>
/// Builds an ONNX model (https://github.com/onnx/onnx/blob/v1.12.0/docs/IR.md) and checks it while it grows: names are
/// unique, values belong to this graph, the opset has each operator (<see cref="OperatorVersions"/>), and each operator
/// (<see cref="StandardOperators"/>, <see cref="ContribOperators"/>) checks element types and shapes of what it is given. A node and its
/// result share one name.
/// </summary>
/// <param name="graphName">Name of the graph.</param>
/// <param name="floats">What floats are stored and computed as: Float, or Float16 (IEEE 754 half precision).</param>
internal sealed class GraphBuilder(string graphName, DataType floats = DataType.Float)
{
    /// <summary>Version of the standard operators: the first with LayerNormalization.</summary>
    public const int Opset = 17;

    /// <summary>Domain of ONNX Runtime's own operators.</summary>
    public const string ContribDomain = "com.microsoft";

    private const int ContribOpset = 1;
    private const int IrVersion = 8; // the newest that opset 17 asks for

    private readonly GraphProto _graph = new() { Name = graphName };
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _unread = [];
    private readonly Dictionary<string, ValueInfoProto> _computed = [];
    private readonly Dictionary<string, GraphValue> _shared = [];
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private bool _usesContrib;

    /// <summary>Element type of its floats.</summary>
    public DataType Floats => floats;

    /// <summary>Declares an input of the model.</summary>
    public GraphValue Input(string name, DataType type, params Dimension[] shape)
    {
        var value = Declare(name, type, shape);
        _graph.Input.Add(Describe(value));
        return value;
    }

    /// <summary>Stores a constant of floats.</summary>
    /// <exception cref="GraphException">A value is beyond the range of half precision, where floats are stored so.</exception>
    public GraphValue Constant(string name, float[] values, params Dimension[] shape) => floats == DataType.Float16
        ? Constant(name, floats, Halves(name, values), shape)
        : Constant(name, floats, values, shape);

    /// <summary>
    /// Stores a constant of floats in half precision where all of them fit; ONNX Runtime widens it once, when it opens the file.
    /// </summary>
    public GraphValue StoredInHalf(string name, float[] values, params Dimension[] shape) => Array.TrueForAll(values, FitsHalf)
        ? this.Cast(name + "/floats", Constant(name, DataType.Float16, Halves(name, values), shape), DataType.Float)
        : Constant(name, values, shape);

    /// <summary>Stores a constant of 8-bit integers.</summary>
    public GraphValue Constant(string name, sbyte[] values, params Dimension[] shape) =>
        Constant<sbyte>(name, DataType.Int8, values, shape);

    /// <summary>Stores a constant of integers.</summary>
    public GraphValue Constant(string name, long[] values, params Dimension[] shape) =>
        Constant<long>(name, DataType.Int64, values, shape);

    /// <summary>Stores a constant of 32-bit integers.</summary>
    public GraphValue Constant(string name, int[] values, params Dimension[] shape) =>
        Constant<int>(name, DataType.Int32, values, shape);

    /// <summary>A float without dimensions; equal ones are stored once.</summary>
    public GraphValue Scalar(float value) => Shared($"constant/{value:R}", name => Constant(name, [value]));

    /// <summary>A list of integers, as axes and sizes are given; equal lists are stored once.</summary>
    public GraphValue Integers(params long[] values) =>
        Shared($"constant/[{string.Join(',', values)}]", name => Constant<long>(name, DataType.Int64, values, [values.Length]));

    /// <summary>An integer without dimensions, as one index is given.</summary>
    public GraphValue Index(long value) => Shared($"constant/index/{value}", name => Constant<long>(name, DataType.Int64, [value], []));

    /// <summary>Adds an entry to the model's metadata, for programs that run it.</summary>
    public void Metadata(string key, string value) => _metadata.Add(key, value);

    /// <summary>Makes a computed value an output of the model, under the value's name.</summary>
    public void Output(GraphValue value)
    {
        if (!_computed.Remove(value.Name, out var description))
            throw new GraphException($"output {value.Name}: it is no node's result, or is an output already.");
        _unread.Remove(value.Name);
        _graph.Output.Add(description);
    }

    /// <summary>Adds a node with one result, which gets the node's name.</summary>
    public GraphValue Node(
        string name, string op, GraphValue?[] inputs, DataType type, Dimension[] shape, AttributeProto[]? attributes = null,
        string domain = "") =>
        Node(name, op, inputs, [(name, type, shape)], attributes, domain)[0];

    /// <summary>Adds a node with several results.</summary>
    /// <param name="name">Name of the node.</param>
    /// <param name="op">Operator.</param>
    /// <param name="inputs">Inputs; <c>null</c> for an optional one that is left out.</param>
    /// <param name="results">Name, element type and shape of each result, already worked out and checked by the operator.</param>
    /// <param name="attributes">Attributes of the operator.</param>
    /// <param name="domain">Domain of the operator; empty for the standard.</param>
    public GraphValue[] Node(
        string name, string op, GraphValue?[] inputs, (string Name, DataType Type, Dimension[] Shape)[] results,
        AttributeProto[]? attributes = null, string domain = "")
    {
        OperatorVersions.Demand(name, op, domain, domain == ContribDomain ? ContribOpset : Opset);
        var node = new NodeProto { Name = name, OpType = op, Domain = domain };
        foreach (var input in inputs)
        {
            if (input is not null && input.Owner != this)
                throw new GraphException($"node {name} ({op}): input {input.Name} belongs to another graph.");
            node.Input.Add(input?.Name ?? "");
            _unread.Remove(input?.Name ?? "");
        }
        node.Attribute.AddRange(attributes ?? []);
        var values = new GraphValue[results.Length];
        for (var i = 0; i < results.Length; i++)
        {
            values[i] = Declare(results[i].Name, results[i].Type, results[i].Shape);
            _computed.Add(values[i].Name, Describe(values[i]));
            node.Output.Add(values[i].Name);
        }
        _graph.Node.Add(node);
        _usesContrib |= domain == ContribDomain;
        return values;
    }

    /// <summary>Completes the model.</summary>
    public ModelProto Build()
    {
        if (_graph.Output.Count == 0)
            throw new GraphException($"graph {_graph.Name} has no output; call {nameof(Output)}.");
        if (_unread.Count > 0)
            throw new GraphException(
                $"graph {_graph.Name}: nothing reads {string.Join(", ", _unread)}; leave them out or make them outputs.");

        // ONNX Runtime cannot work all shapes out through Slice by itself, and plans its memory by them.
        _graph.ValueInfo.Clear();
        _graph.ValueInfo.AddRange(_computed.Values);
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "Edge", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        foreach (var (key, value) in _metadata)
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        if (_usesContrib)
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = ContribDomain, Version = ContribOpset });
        return model;
    }

    /// <summary>Completes the model and writes it.</summary>
    public void Write(string path)
    {
        var model = Build();
        using var file = File.Create(path);
        model.WriteTo(file);
    }

    private GraphValue Constant<T>(string name, DataType type, T[] values, Dimension[] shape)
        where T : unmanaged
    {
        if (shape.Any(dimension => dimension.Name is not null)
            || shape.Aggregate(1L, (product, dimension) => product * dimension.Size) != values.Length)
            throw new GraphException($"constant {name}: {values.Length} values do not fill {GraphValue.Describe(type, shape)}.");
        var value = Declare(name, type, shape);
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)type,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(values)),
        };
        tensor.Dims.AddRange(shape.Select(dimension => dimension.Size));
        _graph.Initializer.Add(tensor);
        return value;
    }

    private static Half[] Halves(string name, float[] values) => Array.ConvertAll(values, value =>
        FitsHalf(value)
        ? (Half)value
        : throw new GraphException($"constant {name}: {value} does not fit into half precision; its largest number is {Half.MaxValue}."));

    private static bool FitsHalf(float value) => Half.IsFinite((Half)value);

    private GraphValue Shared(string name, Func<string, GraphValue> create)
    {
        if (!_shared.TryGetValue(name, out var value))
            _shared.Add(name, value = create(name));
        return value;
    }

    private GraphValue Declare(string name, DataType type, Dimension[] shape)
    {
        if (string.IsNullOrEmpty(name))
            throw new GraphException($"graph {_graph.Name}: a value has no name.");
        if (!_names.Add(name))
            throw new GraphException(
                $"{name}: the name is taken by another input, constant or node of graph {_graph.Name}; choose another.");
        _unread.Add(name);
        return new GraphValue(this, name, type, shape);
    }

    private static ValueInfoProto Describe(GraphValue value)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in value.Shape)
        {
            shape.Dim.Add(dimension.Name is null
                ? new TensorShapeProto.Types.Dimension { DimValue = dimension.Size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension.Name });
        }
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)value.Type, Shape = shape };
        return new ValueInfoProto { Name = value.Name, Type = new TypeProto { TensorType = tensor } };
    }
}
