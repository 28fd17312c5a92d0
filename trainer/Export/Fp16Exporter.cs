using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export;

/// <summary>
/// Writes a student in half precision for CUDA, shaped for few kernels (docs/adr/0013): at these sizes a kernel's start takes longer than
/// its work. Standard operators only; batch and length are free, padding stands at the end. Query, key and value are one product; rows of
/// the n-gram table are an input, which <see cref="NgramLookup"/> finds beside the graph; positions are tables that are cut at the length.
/// From the pooler and the tags on all is in single precision: half logits have steps of 1/64 from 16 on.
/// </summary>
internal sealed class Fp16Exporter
{
    // Batches are padded to such lengths, so that few shapes are needed.
    private const int LengthStep = 8;

    private readonly GraphBuilder _graph = new("edge-student-fp16", DataType.Float16);
    private readonly ExportWeights _weights;
    private readonly BertConfig _config;
    private readonly NgramTable? _ngrams;
    private readonly int _longest;

    private Fp16Exporter(ExportWeights weights, NgramTable? ngrams)
    {
        (_weights, _config, _ngrams) = (weights, weights.Config, ngrams);
        _longest = (weights.Task.MaxLength + LengthStep - 1) / LengthStep * LengthStep;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="task">Heads.</param>
    /// <param name="weights">Weights of the student.</param>
    /// <param name="path">The file.</param>
    /// <param name="ngrams">Scores of n-grams that are added to the logits; <c>null</c>: none.</param>
    /// <exception cref="InvalidDataException">Weights are missing, misshapen, not finite or beyond the range of half precision
    /// (65,504).</exception>
    public static void Export(BertConfig config, TaskDefinition task, ModelWeights weights, string path, NgramTable? ngrams)
    {
        try
        {
            new Fp16Exporter(new ExportWeights(config, task, weights), ngrams).Build().Write(path);
        }
        catch (GraphException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    private GraphBuilder Build()
    {
        var ids = _graph.Input("input_ids", DataType.Int64, "batch", "length");
        var mask = _graph.Input("attention_mask", DataType.Int64, "batch", "length");
        var hidden = Embeddings(ids); // [batch, length, hidden]
        var added = Added(mask);
        for (var layer = 0; layer < _config.Layers; layer++)
            hidden = Layer($"encoder.layer.{layer}.", hidden, added[layer]);

        var floats = _graph.Cast("encoder/floats", hidden, DataType.Float);
        var (ofSpans, ofUtterances) = Ngrams();
        foreach (var head in _weights.SpanHeads)
            SpanHead(head, floats, ofSpans.GetValueOrDefault(head.Name));
        if (_weights.UtteranceHeads.Count > 0)
            UtteranceHeads(floats, mask, ofUtterances);
        return _graph;
    }

    private GraphValue Embeddings(GraphValue ids) // [batch, length, hidden]
    {
        const string table = "embeddings.word_embeddings.weight";
        var words = _graph.Gather("embeddings/words", Constant(table, _config.VocabularySize, _config.HiddenSize), ids);
        var places = _graph.First("embeddings/positions", _graph.Constant("embeddings.places", Places(), _longest, _config.HiddenSize), 0,
            ids, 1);
        if (_weights.Task.UsesContext)
        {
            var types = _graph.Input("token_type_ids", DataType.Int64, "batch", "length");
            var segments = _graph.Gather("embeddings/segments",
                Constant("embeddings.token_type_embeddings.weight", _config.TypeVocabularySize, _config.HiddenSize), types);
            words = _graph.Add("embeddings/typed", words, segments);
        }
        return LayerNorm("embeddings.LayerNorm", _graph.Add("embeddings/sum", words, places));
    }

    // Position embeddings as far as inputs are padded; without context with segment 0 added, as every token is in it.
    private float[] Places()
    {
        var (positions, hidden) = (_weights["embeddings.position_embeddings.weight"], _config.HiddenSize);
        var segments = _weights["embeddings.token_type_embeddings.weight"];
        var places = new float[_longest * hidden];
        for (var i = 0; i < places.Length; i++)
        {
            var place = Math.Min(i / hidden, _config.MaxPositions - 1); // beyond it is padding
            places[i] = positions[(place * hidden) + (i % hidden)] + (_weights.Task.UsesContext ? 0 : segments[i % hidden]);
        }
        return places;
    }

    // What each layer adds to its scores: the penalty of padding, and scores of distances. [batch, 1 or heads, 1 or length, length]
    private GraphValue[] Added(GraphValue mask)
    {
        var penalty = _graph.Gather("mask/penalty", _graph.Constant("mask.penalties", [-10000f, 0f], 2), mask);
        penalty = _graph.Unsqueeze("mask/wide", penalty, 1, 2); // [batch, 1, 1, length]
        if (_config.RelativePositions == 0)
            return [.. Enumerable.Repeat(penalty, _config.Layers)];
        // For every length from constants only, so that ONNX Runtime works them out when it opens the file; a run cuts its part.
        long[] places = [.. Enumerable.Range(0, _longest).Select(place => (long)place)];
        var all = RelativePositionNodes.Scores(_graph, _weights,
            _graph.Constant("places/lookers", places, 1, _longest, 1), _graph.Constant("places/seen", places, 1, 1, _longest));
        var rows = _graph.First("relative_positions/of/lookers", all, 2, mask, 1);
        var square = _graph.First("relative_positions/of/seen", rows, 3, mask, 1);
        return RelativePositionNodes.OfLayers(_graph, _weights, _graph.Add("relative_positions/masked", square, penalty), 1);
    }

    private GraphValue Layer(string at, GraphValue hidden, GraphValue added)
    {
        var attention = Linear(at + "attention.output.dense", Attention(at + "attention.", hidden, added));
        hidden = LayerNorm(at + "attention.output.LayerNorm", _graph.Add(Path(at + "attention.residual"), attention, hidden));
        var inner = Activation(at + "intermediate.", Linear(at + "intermediate.dense", hidden)); // [batch, length, intermediate]
        return LayerNorm(
            at + "output.LayerNorm", _graph.Add(Path(at + "output.residual"), Linear(at + "output.dense", inner), hidden));
    }

    private GraphValue Attention(string at, GraphValue hidden, GraphValue added)
    {
        var (width, heads) = (_config.HiddenSize, _config.AttentionHeads);
        var parts = new[] { at + "self.query", at + "self.key", at + "self.value" };
        var weight = _weights.Transposed([.. parts.Select(part => part + ".weight")]); // [hidden, 3 × hidden]
        var bias = _weights.Joined(parts.Select(part => part + ".bias"));
        // The scale of the scores stands in the query's weights.
        var scale = 1 / MathF.Sqrt(_config.HeadSize);
        for (var i = 0; i < weight.Length; i++)
            weight[i] *= i % (3 * width) < width ? scale : 1;
        for (var i = 0; i < width; i++)
            bias[i] *= scale;

        var product = _graph.MatMul(Path(at + "self/product"), hidden, _graph.Constant(at + "self.weight", weight, width, 3 * width));
        var all = _graph.Add(Path(at + "self"), product, _graph.Constant(at + "self.bias", bias, 3 * width));
        all = _graph.Reshape(Path(at + "self/heads"), all, "batch", "length", 3 * heads, _config.HeadSize);
        all = _graph.Transpose(Path(at + "self/transposed"), all, 0, 2, 1, 3); // [batch, 3 × heads, length, size]
        var cut = _graph.Split(Path(at + "self/parts"), all, 1, [.. parts.Select(part => (Path(part), (long)heads))]);
        var scores = _graph.MatMul(Path(at + "scores"), cut[0], _graph.Transpose(Path(at + "self/key/transposed"), cut[1], 0, 1, 3, 2));
        var weights = _graph.Softmax(Path(at + "weights"), _graph.Add(Path(at + "masked"), scores, added));
        var context = _graph.Transpose(Path(at + "context/tokens"), _graph.MatMul(Path(at + "context"), weights, cut[2]), 0, 2, 1, 3);
        return _graph.Reshape(Path(at + "context/merged"), context, "batch", "length", width);
    }

    private GraphValue Activation(string at, GraphValue x) => _config.Activation == Model.Activation.Relu
        ? _graph.Relu(Path(at + "relu"), x)
        : _graph.GeluOfParts(Path(at + "gelu"), x);

    private (IReadOnlyDictionary<string, GraphValue> Spans, GraphValue? Utterances) Ngrams()
    {
        if (_ngrams is null)
            return (new Dictionary<string, GraphValue>(), null);
        var rows = _graph.Input(ModelSignature.NgramRows, DataType.Int32, "batch", "length", _ngrams.Kinds.Count);
        _graph.Metadata(NgramLookup.MetadataKey, Convert.ToBase64String(NgramLookup.Write(
            NgramKinds.Reach, _ngrams.Kinds.Count, NgramKinds.Beyond, NgramKinds.FactorsOf(_ngrams.Kinds), _ngrams.Slots.Shifts,
            _ngrams.Owners)));
        var table = _graph.Constant("ngrams.scores", _ngrams.Scores, _ngrams.None + 1, _ngrams.Columns);
        var found = _graph.Cast("ngrams/floats", _graph.Gather("ngrams/table", table, rows), DataType.Float);
        return new NgramNodes(_graph, _ngrams, _weights).Parts(_graph.ReduceSum("ngrams/scores", found, 2));
    }

    private void SpanHead(HeadDefinition head, GraphValue hidden, GraphValue? ngrams)
    {
        var name = $"heads.{head.Name}";
        var weight = Widened(name + ".weight", _weights.Transposed(name + ".weight"), _config.HiddenSize, head.OutputCount);
        var bias = Widened(name + ".bias", _weights[name + ".bias"], head.OutputCount);
        var product = _graph.MatMul($"heads/of/{head.Name}/product", hidden, weight);
        _graph.Output(ngrams is null
            ? _graph.Add(head.Name, product, bias)
            : _graph.Add(head.Name, _graph.Add($"heads/of/{head.Name}", product, bias), ngrams));
    }

    private void UtteranceHeads(GraphValue hidden, GraphValue mask, GraphValue? ngrams)
    {
        var heads = _weights.UtteranceHeads;
        // 1 for a token, 0 for padding, and their sum [batch, 1]; the first token alone asks for neither.
        var present = _config.Pooling == Pooling.Cls && ngrams is null ? null : _graph.Cast("mask/present", mask, DataType.Float);
        var tokens = present is null ? null : _graph.Unsqueeze("mask/tokens", _graph.ReduceSum("mask/count", present, 1), 1);
        var dense = _graph.Linear("pooler/dense", Pooled(hidden, present, tokens),
            Widened("pooler.dense.weight", _weights["pooler.dense.weight"], _config.HiddenSize, _config.HiddenSize),
            Widened("pooler.dense.bias", _weights["pooler.dense.bias"], _config.HiddenSize));

        var pooled = _graph.Tanh(_weights.GivesPooled ? ModelSignature.PooledOutput : "pooler/tanh", dense);

        // One product for all of them, cut into the heads.
        var width = heads.Sum(head => head.OutputCount);
        var weight =
            Widened("heads.weight", _weights.Joined(heads.Select(head => $"heads.{head.Name}.weight")), width, _config.HiddenSize);
        var bias = Widened("heads.bias", _weights.Joined(heads.Select(head => $"heads.{head.Name}.bias")), width);
        var name = heads.Count == 1 ? heads[0].Name : "heads/all";
        var all = _graph.Linear(ngrams is null ? name : "heads/encoder", pooled, weight, bias);
        if (ngrams is not null)
            all = _graph.Add(name, all, new NgramNodes(_graph, _ngrams!, _weights).Utterances(ngrams, tokens!));
        var outputs = heads.Count == 1
            ? [all]
            : _graph.Split("heads/parts", all, 1, [.. heads.Select(head => (head.Name, (long)head.OutputCount))]);
        foreach (var output in outputs)
            _graph.Output(output);
        if (_weights.GivesPooled)
            _graph.Output(pooled);
    }

    private GraphValue Pooled(GraphValue hidden, GraphValue? present, GraphValue? tokens) // [batch, hidden]
    {
        if (_config.Pooling == Pooling.Cls)
            return _graph.Gather("pooler/first", hidden, _graph.Index(0), axis: 1);
        var sum = _graph.MatMul("pooler/sum", _graph.Unsqueeze("pooler/row", present!, 1), hidden); // [batch, 1, hidden]
        return _graph.Div("pooler/mean", _graph.Reshape("pooler/sums", sum, "batch", _config.HiddenSize), tokens!);
    }

    private GraphValue Linear(string weightName, GraphValue x) // [.., inputs] to [.., outputs]
    {
        var bias = _weights[weightName + ".bias"];
        var weight = _graph.Constant(weightName + ".weight", _weights.Transposed(weightName + ".weight"), x.Shape[^1], bias.Length);
        return _graph.Add(Path(weightName), _graph.MatMul(Path(weightName) + "/product", x, weight),
            Constant(weightName + ".bias", bias.Length));
    }

    private GraphValue LayerNorm(string weightName, GraphValue x) =>
        _graph.LayerNormalization(Path(weightName), x, Constant(weightName + ".weight", _config.HiddenSize),
            Constant(weightName + ".bias", _config.HiddenSize), _config.LayerNormEps);

    private GraphValue Constant(string name, params Dimension[] shape) => _graph.Constant(name, _weights[name], shape);

    // Stored in half, computed in single precision: ONNX Runtime widens it once, when it opens the file.
    private GraphValue Widened(string name, float[] values, params Dimension[] shape) =>
        _graph.Cast(Path(name) + "/floats", _graph.Constant(name, values, shape), DataType.Float);

    // A slash in every inner name keeps it apart from every head's name.
    private static string Path(string weightName) => weightName.Replace('.', '/');
}
