using Edge.Bundles.Tasks;
using Edge.Trainer.Model;

namespace Edge.Trainer.Export;

/// <summary>The weights that an export needs, each known to be there, to have the shape the sizes ask for, and to be finite.</summary>
internal sealed class ExportWeights
{
    private const string RelativePositionsOfLayer = "attention.self.relative_positions.weight";

    private readonly ModelWeights _weights;

    /// <summary>Checks everything; one exception lists all problems.</summary>
    /// <exception cref="InvalidDataException">Sizes contradict each other, or weights are missing, misshapen or not finite.</exception>
    public ExportWeights(BertConfig config, TaskDefinition task, ModelWeights weights)
    {
        Config = config;
        Task = task;
        _weights = weights;
        UtteranceHeads = [.. task.Heads.Where(head => head.Kind != HeadKind.Span)];
        SpanHeads = [.. task.Heads.Where(head => head.Kind == HeadKind.Span)];

        var problems = SizeProblems().ToList();
        if (problems.Count == 0)
            problems = [.. Expected().Select(item => Problem(item.Name, item.Shape)).OfType<string>()];
        if (problems.Count > 0)
            throw new InvalidDataException($"The student cannot be exported: {string.Join("; ", problems)}.");
    }

    public BertConfig Config { get; }

    public TaskDefinition Task { get; }

    /// <summary>Heads that judge the whole utterance and read the pooler.</summary>
    public IReadOnlyList<HeadDefinition> UtteranceHeads { get; }

    /// <summary>Whether the pooled vector is an output, too: where it helps to tell what is out of scope.</summary>
    public bool GivesPooled => OutOfScope.HeadIndex(Task) >= 0;

    /// <summary>Heads that tag every token.</summary>
    public IReadOnlyList<HeadDefinition> SpanHeads { get; }

    public float[] this[string name] => _weights[name].Values;

    /// <summary>Linear weights [outputs, inputs] as [inputs, outputs], several side by side.</summary>
    public float[] Transposed(params string[] names)
    {
        var inputs = _weights[names[0]].Shape[1];
        var source = Joined(names);
        var outputs = source.Length / inputs;
        var result = new float[source.Length];
        for (var output = 0; output < outputs; output++)
        {
            for (var input = 0; input < inputs; input++)
                result[(input * outputs) + output] = source[(output * inputs) + input];
        }
        return result;
    }

    /// <summary>Several weights one after another: all rows of [outputs, inputs], or all of biases.</summary>
    public float[] Joined(IEnumerable<string> names) => [.. names.SelectMany(name => _weights[name].Values)];

    /// <summary>Scores of distances, [distances, layers · heads]: all layers side by side.</summary>
    public float[] RelativePositionsOfAllLayers()
    {
        var (layers, heads) = (Config.Layers, Config.AttentionHeads);
        var all = new float[RelativePositions.Distances(Config.RelativePositions) * layers * heads];
        for (var layer = 0; layer < layers; layer++)
        {
            var values = this[$"encoder.layer.{layer}.{RelativePositionsOfLayer}"];
            for (var i = 0; i < values.Length; i++)
                all[(((i / heads * layers) + layer) * heads) + (i % heads)] = values[i];
        }
        return all;
    }

    private IEnumerable<string> SizeProblems()
    {
        if (Config.HiddenSize % Config.AttentionHeads != 0)
            yield return $"hidden_size {Config.HiddenSize} is no multiple of num_attention_heads {Config.AttentionHeads}";
        if (Config.MaxPositions < Task.MaxLength)
            yield return $"max_position_embeddings {Config.MaxPositions} is less than the task's maxLength {Task.MaxLength}";
        if (Task.UsesContext && Config.TypeVocabularySize < 2)
            yield return $"type_vocab_size is {Config.TypeVocabularySize}; a task with context needs 2";
        if (Task.Heads.Count == 0)
            yield return "the task has no heads";
        foreach (var head in Task.Heads.Where(head => head.OutputCount == 0))
            yield return $"head {head.Name} has no labels";
    }

    private IEnumerable<(string Name, int[] Shape)> Expected()
    {
        var (hidden, inner) = (Config.HiddenSize, Config.IntermediateSize);
        yield return ("embeddings.word_embeddings.weight", [Config.VocabularySize, hidden]);
        yield return ("embeddings.position_embeddings.weight", [Config.MaxPositions, hidden]);
        yield return ("embeddings.token_type_embeddings.weight", [Config.TypeVocabularySize, hidden]);
        var layers = Enumerable.Range(0, Config.Layers).Select(layer => $"encoder.layer.{layer}.").ToArray();
        foreach (var name in layers.SelectMany(layer => new[] { layer + "attention.output.LayerNorm", layer + "output.LayerNorm" })
            .Prepend("embeddings.LayerNorm"))
        {
            yield return (name + ".weight", [hidden]);
            yield return (name + ".bias", [hidden]);
        }
        if (Config.RelativePositions > 0)
        {
            foreach (var layer in layers)
                yield return (layer + RelativePositionsOfLayer,
                    [RelativePositions.Distances(Config.RelativePositions), Config.AttentionHeads]);
        }
        var linear = layers.SelectMany(layer => new (string Name, int Outputs, int Inputs)[]
        {
            (layer + "attention.self.query", hidden, hidden),
            (layer + "attention.self.key", hidden, hidden),
            (layer + "attention.self.value", hidden, hidden),
            (layer + "attention.output.dense", hidden, hidden),
            (layer + "intermediate.dense", inner, hidden),
            (layer + "output.dense", hidden, inner),
        });
        if (UtteranceHeads.Count > 0)
            linear = linear.Append(("pooler.dense", hidden, hidden));
        linear = linear.Concat(Task.Heads.Select(head => ($"heads.{head.Name}", head.OutputCount, hidden)));
        foreach (var (name, outputs, inputs) in linear)
        {
            yield return (name + ".weight", [outputs, inputs]);
            yield return (name + ".bias", [outputs]);
        }
    }

    private string? Problem(string name, int[] shape)
    {
        var expected = string.Join(", ", shape);
        if (!_weights.TryGetValue(name, out var weight))
            return $"{name} is missing, expected [{expected}]";
        var size = shape.Aggregate(1L, (product, length) => product * length);
        if (!weight.Shape.SequenceEqual(shape) || weight.Values.Length != size)
            return $"{name} is [{string.Join(", ", weight.Shape)}] with {weight.Values.Length} values, expected [{expected}]";
        var odd = Array.FindIndex(weight.Values, value => !float.IsFinite(value));
        return odd < 0 ? null : $"{name}: value {odd} is {weight.Values[odd]}, expected finite numbers";
    }
}
