using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export;

/// <summary>
/// Writes a student in 8-bit integers for ONNX Runtime on CPUs, with its own operators: one utterance a run ([1, length],
/// because activations are quantized over the whole tensor and utterances must not change each other's answers), no mask,
/// <c>token_type_ids</c> only for tasks with context. A quarter of the single-precision file.
/// </summary>
internal sealed class Int8Exporter
{
    private readonly GraphBuilder _graph = new("edge-student-int8");
    private readonly ExportWeights _weights;
    private readonly BertConfig _config;

    private readonly NgramTable? _ngrams;
    private readonly IReadOnlySet<string> _inFloats;

    private Int8Exporter(ExportWeights weights, NgramTable? ngrams, IReadOnlySet<string> inFloats)
    {
        _weights = weights;
        _config = weights.Config;
        _ngrams = ngrams;
        _inFloats = inFloats;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="task">Heads.</param>
    /// <param name="weights">Weights of the student.</param>
    /// <param name="path">The file.</param>
    /// <param name="ngrams">Scores of n-grams that are added to the logits; <c>null</c>: none.</param>
    /// <param name="inFloats">Of <see cref="MatMuls.EncoderMatMulNames"/>, those that stay in single precision; <c>null</c>: none.</param>
    /// <exception cref="InvalidDataException">Weights are missing, misshapen or not finite.</exception>
    public static void Export(
        BertConfig config, TaskDefinition task, ModelWeights weights, string path, NgramTable? ngrams = null,
        IReadOnlySet<string>? inFloats = null) =>
        new Int8Exporter(new ExportWeights(config, task, weights), ngrams, inFloats ?? new HashSet<string>()).Build().Write(path);

    private GraphBuilder Build()
    {
        var ids = _graph.Input("input_ids", DataType.Int64, 1, "length");
        var hidden = Embeddings(ids); // [1, length, hidden]
        var distances = Distances(ids);
        for (var layer = 0; layer < _config.Layers; layer++)
            hidden = Layer($"encoder.layer.{layer}.", hidden, distances?[layer]);

        var (ofSpans, ofUtterances) = Ngrams(ids);
        foreach (var head in _weights.SpanHeads)
            SpanHead(head, hidden, ofSpans.GetValueOrDefault(head.Name));
        if (_weights.UtteranceHeads.Count > 0)
        {
            var pooled = Pool(hidden);
            UtteranceHeads(pooled, ofUtterances);
            if (_weights.GivesPooled)
                _graph.Output(pooled);
        }
        return _graph;
    }

    private (IReadOnlyDictionary<string, GraphValue> Spans, GraphValue? Utterances) Ngrams(GraphValue ids)
    {
        if (_ngrams is null)
            return (new Dictionary<string, GraphValue>(), null);
        var (length, window) = (_weights.Task.MaxLength, NgramKinds.Window);
        long[] ends = [.. Enumerable.Repeat((long)NgramKinds.Beyond, NgramKinds.Reach)];
        var beyond = _graph.Constant("ngrams.beyond", ends, 1, NgramKinds.Reach);
        var padded = _graph.Concat("ngrams/padded", 1, "length+" + (window - 1), beyond, ids, beyond);
        long[] places = [.. Enumerable.Range(0, length * window).Select(i => (long)((i / window) + (i % window)))];
        // [length, window]
        var neighbours = _graph.First("ngrams/neighbours", _graph.Constant("ngrams.places", places, length, window), 0, ids, 1);
        var nodes = new NgramNodes(_graph, _ngrams, _weights);
        var (spans, utterances) = nodes.Scores(_graph.Gather("ngrams/windows", padded, neighbours, 1), asIntegers: true);
        return (spans, utterances is null ? null
            : nodes.Utterances(utterances, _graph.Cast("ngrams/tokens", _graph.Length("ngrams/tokens/all", ids, 1), DataType.Float)));
    }

    private GraphValue Embeddings(GraphValue ids)
    {
        // One scale a column: no slower than one for all, and columns of large values, which trained tables have, spoil no others.
        var (integers, scales) = SymmetricQuantizer.PerColumn(_weights["embeddings.word_embeddings.weight"], _config.HiddenSize);
        var table = _graph.Constant("embeddings.word_embeddings.integers", integers, _config.VocabularySize, _config.HiddenSize);
        var scale = _graph.Constant("embeddings.word_embeddings.scales", scales, _config.HiddenSize);
        var words = _graph.DequantizeLinear("embeddings/words", _graph.Gather("embeddings/integers", table, ids), scale);

        var places = _graph.First("embeddings/positions",
            _graph.StoredInHalf("embeddings.places", Places(), 1, _weights.Task.MaxLength, _config.HiddenSize), 1, ids, 1);
        if (_weights.Task.UsesContext)
        {
            var types = _graph.Input("token_type_ids", DataType.Int64, 1, "length");
            var segments = _graph.Gather("embeddings/segments",
                Constant("embeddings.token_type_embeddings.weight", _config.TypeVocabularySize, _config.HiddenSize), types);
            places = _graph.Add("embeddings/places", segments, places);
        }
        return AddAndNormalize("embeddings.LayerNorm", words, places);
    }

    /// <summary>Position embeddings as far as inputs can be long; without context with segment 0 added, as every token is in it.</summary>
    private float[] Places()
    {
        var places = _weights["embeddings.position_embeddings.weight"][..(_weights.Task.MaxLength * _config.HiddenSize)];
        if (_weights.Task.UsesContext)
            return places;
        var segment = _weights["embeddings.token_type_embeddings.weight"].AsSpan(0, _config.HiddenSize);
        for (var i = 0; i < places.Length; i++)
            places[i] += segment[i % _config.HiddenSize];
        return places;
    }

    // For every length at once and from constants only, so that ONNX Runtime works them out when it opens the file; a run cuts its part.
    private GraphValue[]? Distances(GraphValue ids) // of each layer: [1, heads, length, length]
    {
        if (_config.RelativePositions == 0)
            return null;
        var length = _weights.Task.MaxLength;
        long[] places = [.. Enumerable.Range(0, length).Select(place => (long)place)];
        var all = RelativePositionNodes.Scores(_graph, _weights,
            _graph.Constant("places/lookers", places, 1, length, 1), _graph.Constant("places/seen", places, 1, 1, length));
        return RelativePositionNodes.OfLayers(_graph, _weights, _graph.FirstSquare("relative_positions/length", all, (2, 3), ids, 1), 1);
    }

    private GraphValue Layer(string at, GraphValue hidden, GraphValue? distances)
    {
        var attention = Linear(at + "attention.output.dense", Attention(at + "attention.", hidden, distances));
        hidden = AddAndNormalize(at + "attention.output.LayerNorm", hidden, attention);
        var inner = Activation(at + "intermediate.", Linear(at + "intermediate.dense", hidden)); // [1, length, intermediate]
        return AddAndNormalize(at + "output.LayerNorm", hidden, Linear(at + "output.dense", inner));
    }

    private GraphValue Activation(string at, GraphValue x) => _config.Activation == Model.Activation.Relu
        ? _graph.Relu(Path(at + "relu"), x)
        : _graph.Gelu(Path(at + "gelu"), x);

    private GraphValue Attention(string at, GraphValue hidden, GraphValue? distances)
    {
        // One MatMul for query, key and value: the input is quantized once.
        var size = _config.HiddenSize;
        var all = Linear(at + "self", [at + "self.query", at + "self.key", at + "self.value"], hidden); // [1, length, 3 × hidden]
        var parts = _graph.Split(Path(at + "self/parts"), all, 2,
            (Path(at + "self.query"), size), (Path(at + "self.key"), size), (Path(at + "self.value"), size));
        return _graph.MultiHeadAttention(Path(at + "context"), parts[0], parts[1], parts[2], _config.AttentionHeads, distances);
    }

    private GraphValue Pool(GraphValue hidden) // [1, hidden]
    {
        var pooled = _config.Pooling == Pooling.Cls
            ? _graph.Gather("pooler/first", hidden, _graph.Index(0), axis: 1)
            : _graph.ReduceMean("pooler/mean", hidden, 1);
        // In floats: for a single row no slower than integers, and a tenth to a quarter less error in these heads.
        var dense = _graph.Linear("pooler/dense", pooled,
            StoredInBytes("pooler.dense.weight", _weights["pooler.dense.weight"], _config.HiddenSize, _config.HiddenSize),
            Constant("pooler.dense.bias", _config.HiddenSize));
        return _graph.Tanh(_weights.GivesPooled ? ModelSignature.PooledOutput : "pooler/tanh", dense);
    }

    private void SpanHead(HeadDefinition head, GraphValue hidden, GraphValue? ngrams)
    {
        // In floats: no slower than integers at this width, and a tenth less error in the tags.
        var name = $"heads.{head.Name}";
        var weight = StoredInBytes(name + ".weight", _weights[name + ".weight"], head.OutputCount, _config.HiddenSize);
        var product =
            _graph.MatMul($"heads/of/{head.Name}/product", hidden, _graph.Transpose($"heads/of/{head.Name}/weight", weight, 1, 0));
        var bias = Constant(name + ".bias", head.OutputCount);
        _graph.Output(ngrams is null
            ? _graph.Add(head.Name, product, bias)
            : _graph.Add(head.Name, _graph.Add($"heads/of/{head.Name}", product, bias), ngrams));
    }

    private void UtteranceHeads(GraphValue pooled, GraphValue? ngrams)
    {
        // One MatMul in floats for all of them, cut into the heads.
        var heads = _weights.UtteranceHeads;
        var width = heads.Sum(head => head.OutputCount);
        var weight =
            StoredInBytes("heads.weight", _weights.Joined(heads.Select(head => $"heads.{head.Name}.weight")), width, _config.HiddenSize);
        var bias = _graph.Constant("heads.bias", _weights.Joined(heads.Select(head => $"heads.{head.Name}.bias")), width);
        var name = heads.Count == 1 ? heads[0].Name : "heads/all";
        var all = ngrams is null
            ? _graph.Linear(name, pooled, weight, bias)
            : _graph.Add(name, _graph.Linear("heads/encoder", pooled, weight, bias), ngrams);
        if (heads.Count == 1)
        {
            _graph.Output(all);
            return;
        }
        foreach (var part in _graph.Split("heads/parts", all, 1, [.. heads.Select(head => (head.Name, (long)head.OutputCount))]))
            _graph.Output(part);
    }

    private GraphValue Linear(string name, GraphValue x) => Linear(name, [name], x);

    private GraphValue Linear(string name, string[] parts, GraphValue x) // [.., inputs] to [.., outputs of all parts]
    {
        var bias = _weights.Joined(parts.Select(part => part + ".bias"));
        var weight = _weights.Transposed([.. parts.Select(part => part + ".weight")]);
        if (_inFloats.Contains(Path(name)))
        {
            var product = _graph.MatMul(Path(name) + "/product", x, _graph.Constant(name + ".weight", weight, x.Shape[^1], bias.Length));
            return _graph.Add(Path(name), product, _graph.Constant(name + ".bias", bias, bias.Length));
        }
        var (integers, scales) = SymmetricQuantizer.PerColumn(weight, bias.Length, SymmetricQuantizer.LargestFactor);
        return _graph.DynamicQuantizeMatMul(Path(name), x,
            _graph.Constant(name + ".integers", integers, x.Shape[^1], bias.Length),
            _graph.Constant(name + ".scales", scales, bias.Length),
            _graph.Constant(name + ".bias", bias, bias.Length));
    }

    private GraphValue AddAndNormalize(string weightName, GraphValue x, GraphValue skip) =>
        _graph.LayerNormalization(Path(weightName), _graph.Add(Path(weightName + ".sum"), x, skip),
            Constant(weightName + ".weight", _config.HiddenSize),
            Constant(weightName + ".bias", _config.HiddenSize), _config.LayerNormEps);

    // Floats to compute with, bytes in the file: ONNX Runtime multiplies them out once, when it opens it. One scale a feature that they
    // read: where a few features are small and what reads them large, they spoil no others.
    private GraphValue StoredInBytes(string name, float[] values, params Dimension[] shape)
    {
        var columns = (int)shape[^1].Size;
        var (integers, scales) = SymmetricQuantizer.PerColumn(values, columns);
        var whole = _graph.Cast(Path(name) + "/whole", _graph.Constant(name + ".integers", integers, shape), DataType.Float);
        return _graph.Mul(Path(name) + "/floats", whole, _graph.Constant(name + ".scales", scales, columns));
    }

    private GraphValue Constant(string name, params Dimension[] shape) => _graph.Constant(name, _weights[name], shape);

    // A slash in every inner name keeps it apart from every head's name.
    private static string Path(string weightName) => weightName.Replace('.', '/');
}
