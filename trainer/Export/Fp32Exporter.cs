using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Export.Graph;
using Edge.Trainer.Export.MatMuls;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export;

/// <summary>
/// Writes a student in single precision with standard operators only, so that any ONNX runtime runs it: batch and length
/// are free, inputs are Hugging Face's <c>input_ids</c>, <c>attention_mask</c> and <c>token_type_ids</c>, and each head's raw
/// logits are an output of the head's name, [batch, outputs] or [batch, length, tags].
/// </summary>
internal sealed class Fp32Exporter
{
    private readonly GraphBuilder _graph = new("edge-student");
    private readonly ExportWeights _weights;
    private readonly BertConfig _config;

    private readonly NgramTable? _ngrams;
    private readonly EncoderMatMuls _matMuls;

    private Fp32Exporter(ExportWeights weights, NgramTable? ngrams, EncoderMatMuls matMuls)
    {
        _weights = weights;
        _config = weights.Config;
        _ngrams = ngrams;
        _matMuls = matMuls;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="task">Heads.</param>
    /// <param name="weights">Weights of the student.</param>
    /// <param name="path">The file.</param>
    /// <param name="ngrams">Scores of n-grams that are added to the logits; <c>null</c>: none.</param>
    /// <param name="matMuls">How the encoder's matrices stand in it; <c>null</c>: in single precision.</param>
    /// <exception cref="InvalidDataException">Weights are missing, misshapen or not finite.</exception>
    public static void Export(
        BertConfig config, TaskDefinition task, ModelWeights weights, string path, NgramTable? ngrams = null,
        EncoderMatMuls? matMuls = null) =>
        new Fp32Exporter(new ExportWeights(config, task, weights), ngrams, matMuls ?? new EncoderMatMuls()).Build().Write(path);

    private GraphBuilder Build()
    {
        var ids = _graph.Input("input_ids", DataType.Int64, "batch", "length");
        var mask = _graph.Input("attention_mask", DataType.Int64, "batch", "length");
        var types = _graph.Input("token_type_ids", DataType.Int64, "batch", "length");

        var present = _graph.Cast("mask/present", mask, _graph.Floats); // 1 for a token, 0 for padding
        var penalty = Penalty(present);
        // Counting the tokens, rather than cutting tables at the length, keeps every shape known to plain shape inference.
        var place = _graph.Sub("embeddings/place", _graph.CumSum("embeddings/count", mask, 1), _graph.Index(1));
        var hidden = Embeddings(ids, types, place);
        var added = Added(place, penalty);
        for (var layer = 0; layer < _config.Layers; layer++)
            hidden = Layer($"encoder.layer.{layer}.", hidden, added[layer]);

        var (ofSpans, ofUtterances) = Ngrams(ids, mask, place, present);
        foreach (var head in _weights.SpanHeads)
        {
            Output(head, name => ofSpans.TryGetValue(head.Name, out var ngrams)
                ? _graph.Add(name, Linear($"heads.{head.Name}", hidden), ngrams)
                : Linear($"heads.{head.Name}", hidden, name));
        }
        if (_weights.UtteranceHeads.Count > 0)
        {
            var pooled = Pool(hidden, present);
            UtteranceHeads(pooled, ofUtterances);
            if (_weights.GivesPooled)
                _graph.Output(pooled);
        }
        return _graph;
    }

    private (IReadOnlyDictionary<string, GraphValue> Spans, GraphValue? Utterances) Ngrams(
        GraphValue ids, GraphValue mask, GraphValue place, GraphValue present)
    {
        if (_ngrams is null)
            return (new Dictionary<string, GraphValue>(), null);
        var (reach, zero) = (NgramKinds.Reach, _graph.Index(0));
        var neighbours = _graph.Add("ngrams/neighbours", _graph.Unsqueeze("ngrams/place", place, 2),
            _graph.Integers([.. Enumerable.Range(-reach, NgramKinds.Window).Select(offset => (long)offset)])); // [batch, length, window]
        var count = _graph.ReduceSum("ngrams/count", mask, 1); // [batch]
        var last = _graph.Unsqueeze("ngrams/last", _graph.Sub("ngrams/ends", count, _graph.Index(1)), 1, 2);
        var inside = _graph.And(
            "ngrams/inside", _graph.LessOrEqual("ngrams/from", zero, neighbours), _graph.LessOrEqual("ngrams/to", neighbours, last));
        var safe = _graph.Unsqueeze("ngrams/safe/wide", _graph.Where("ngrams/safe", inside, neighbours, zero), 3);
        var windows =
            _graph.Where("ngrams/windows", inside, _graph.GatherInRows("ngrams/pieces", ids, safe), _graph.Index(NgramKinds.Beyond));

        var nodes = new NgramNodes(_graph, _ngrams, _weights);
        var (spans, utterances) = nodes.Scores(windows, _matMuls.AreIntegers);
        if (utterances is not null)
        {
            var masked = _graph.Mul("ngrams/masked", utterances, _graph.Unsqueeze("ngrams/mask", present, 2));
            utterances =
                nodes.Utterances(masked, _graph.Unsqueeze("ngrams/tokens", _graph.Cast("ngrams/tokens/all", count, _graph.Floats), 1));
        }
        return (spans, utterances);
    }

    private GraphValue Penalty(GraphValue present) // [batch, 1, 1, length]: 0 for a token, -10000 for padding
    {
        var penalty = _graph.Mul("mask/penalty", _graph.Sub("mask/padding", _graph.Scalar(1), present), _graph.Scalar(-10000));
        return _graph.Unsqueeze("mask/wide", penalty, 1, 2);
    }

    // What each layer adds to its scores: the penalty of padding, and scores of distances.
    private GraphValue[] Added(GraphValue place, GraphValue penalty) // [batch, 1 or heads, 1 or length, length]
    {
        if (_config.RelativePositions == 0)
            return [.. Enumerable.Repeat(penalty, _config.Layers)];
        var scores = RelativePositionNodes.Scores(_graph, _weights,
            // [batch, layers · heads, length, length]
            _graph.Unsqueeze("places/lookers", place, 2), _graph.Unsqueeze("places/seen", place, 1));
        return RelativePositionNodes.OfLayers(_graph, _weights, _graph.Add("relative_positions/masked", scores, penalty), 1);
    }

    private GraphValue Embeddings(GraphValue ids, GraphValue types, GraphValue place) // [batch, length, hidden]
    {
        const string table = "embeddings.word_embeddings.weight";
        var words = _matMuls.Words(_graph, table, _weights[table], _config.HiddenSize, ids);
        var segments = _graph.Gather("embeddings/segments",
            Constant("embeddings.token_type_embeddings.weight", _config.TypeVocabularySize, _config.HiddenSize), types);
        var positions = _graph.Gather("embeddings/positions",
            Constant("embeddings.position_embeddings.weight", _config.MaxPositions, _config.HiddenSize), place);
        var sum = _graph.Add("embeddings/sum", _graph.Add("embeddings/typed", words, segments), positions);
        return LayerNorm("embeddings.LayerNorm", sum);
    }

    private GraphValue Layer(string at, GraphValue hidden, GraphValue added)
    {
        var attention = Linear(at + "attention.output.dense", Attention(at + "attention.", hidden, added));
        hidden = LayerNorm(at + "attention.output.LayerNorm", _graph.Add(Path(at + "attention.residual"), hidden, attention));
        var inner = Activation(at + "intermediate.", Linear(at + "intermediate.dense", hidden)); // [batch, length, intermediate]
        var outer = Linear(at + "output.dense", inner);
        return LayerNorm(at + "output.LayerNorm", _graph.Add(Path(at + "output.residual"), hidden, outer));
    }

    private GraphValue Attention(string at, GraphValue hidden, GraphValue added)
    {
        var query = Heads(at + "self.query", hidden, 0, 2, 1, 3); // [batch, heads, length, size]
        var key = Heads(at + "self.key", hidden, 0, 2, 3, 1); // [batch, heads, size, length]
        var value = Heads(at + "self.value", hidden, 0, 2, 1, 3);
        var scores = _graph.MatMul(Path(at + "scores"), query, key); // [batch, heads, length, length]
        scores = _graph.Div(Path(at + "scaled"), scores, _graph.Scalar(MathF.Sqrt(_config.HeadSize)));
        var weights = _graph.Softmax(Path(at + "weights"), _graph.Add(Path(at + "masked"), scores, added));
        var context = _graph.Transpose(Path(at + "context/tokens"), _graph.MatMul(Path(at + "context"), weights, value), 0, 2, 1, 3);
        return _graph.Reshape(Path(at + "context/merged"), context, "batch", "length", _config.HiddenSize);
    }

    private GraphValue Heads(string name, GraphValue hidden, params int[] order)
    {
        var split =
            _graph.Reshape(Path(name + ".heads"), Linear(name, hidden), "batch", "length", _config.AttentionHeads, _config.HeadSize);
        return _graph.Transpose(Path(name + ".transposed"), split, order);
    }

    private GraphValue Pool(GraphValue hidden, GraphValue present) // [batch, hidden]
    {
        var pooled = _config.Pooling == Pooling.Cls
            ? _graph.Gather("pooler/first", hidden, _graph.Index(0), axis: 1)
            : Mean(hidden, present);
        var dense = _graph.Linear("pooler/dense", pooled,
            Constant("pooler.dense.weight", _config.HiddenSize, _config.HiddenSize), Constant("pooler.dense.bias", _config.HiddenSize));
        return _graph.Tanh(_weights.GivesPooled ? ModelSignature.PooledOutput : "pooler/tanh", dense);
    }

    private GraphValue Mean(GraphValue hidden, GraphValue present)
    {
        var masked = _graph.Mul("pooler/masked", hidden, _graph.Unsqueeze("pooler/mask", present, 2));
        var count = _graph.Unsqueeze("pooler/count/wide", _graph.ReduceSum("pooler/count", present, 1), 1); // [batch, 1]
        return _graph.Div("pooler/mean", _graph.ReduceSum("pooler/sum", masked, 1), count);
    }

    private void UtteranceHeads(GraphValue pooled, GraphValue? ngrams)
    {
        var heads = _weights.UtteranceHeads;
        var parts = ngrams is null || heads.Count == 1
            ? ngrams is null ? [] : [ngrams]
            : _graph.Split(
                "ngrams/utterance/parts", ngrams, 1, [.. heads.Select(head => ($"ngrams/of/{head.Name}", (long)head.OutputCount))]);
        for (var i = 0; i < heads.Count; i++)
        {
            var (head, part) = (heads[i], ngrams is null ? null : parts[i]);
            Output(head,
                name => part is null ? Head(head, name, pooled) : _graph.Add(name, Head(head, $"heads/{head.Name}", pooled), part));
        }
    }

    private GraphValue Head(HeadDefinition head, string name, GraphValue pooled) => _graph.Linear(name, pooled,
        Constant($"heads.{head.Name}.weight", head.OutputCount, _config.HiddenSize), Constant($"heads.{head.Name}.bias", head.OutputCount));

    // An output has its node's name.
    private void Output(HeadDefinition head, Func<string, GraphValue> compute) => _graph.Output(compute(head.Name));

    private GraphValue Activation(string at, GraphValue x) => _config.Activation == Model.Activation.Relu
        ? _graph.Relu(Path(at + "relu"), x)
        : _graph.GeluOfParts(Path(at + "gelu"), x);

    private GraphValue Linear(string weightName, GraphValue x, string? resultName = null) // [.., inputs] to [.., outputs]
    {
        var bias = _weights[weightName + ".bias"];
        var name = Path(weightName);
        var transposed = _weights.Transposed(weightName + ".weight");
        var product = weightName.StartsWith("encoder.", StringComparison.Ordinal)
            ? _matMuls.Multiply(_graph, name + "/product", x, weightName + ".weight", transposed, bias.Length)
            : _graph.MatMul(name + "/product", x, _graph.Constant(weightName + ".weight", transposed, x.Shape[^1], bias.Length));
        return _graph.Add(resultName ?? name, product, Constant(weightName + ".bias", bias.Length));
    }

    private GraphValue LayerNorm(string weightName, GraphValue x) =>
        _graph.LayerNormalization(Path(weightName), x, Constant(weightName + ".weight", _config.HiddenSize),
            Constant(weightName + ".bias", _config.HiddenSize), _config.LayerNormEps);

    private GraphValue Constant(string name, params Dimension[] shape) => _graph.Constant(name, _weights[name], shape);

    // A slash in every inner name keeps it apart from every head's name.
    private static string Path(string weightName) => weightName.Replace('.', '/');
}
