using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>Draws, copies and reads the parameters of a model, by name.</summary>
internal static class ModelParameters
{
    /// <summary>
    /// Draws weights from normal(0, <paramref name="range"/>); LayerNorm starts as the identity, biases at 0,
    /// <see cref="RelativePositions"/> at the neighbours.
    /// </summary>
    public static void Initialize(nn.Module module, double range)
    {
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (name.EndsWith("relative_positions.weight", StringComparison.Ordinal))
                RelativePositions.Start(parameter, LayerNames.LayerOf(name));
            else if (name.EndsWith("LayerNorm.weight", StringComparison.Ordinal))
                nn.init.ones_(parameter);
            else if (name.EndsWith(".weight", StringComparison.Ordinal))
                nn.init.normal_(parameter, 0, range);
            else
                nn.init.zeros_(parameter);
        }
    }

    /// <summary>Copies the values out, for the exporters and for files.</summary>
    public static ModelWeights ToWeights(nn.Module module)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return module.named_parameters().ToDictionary(
            entry => entry.name,
            entry => new WeightTensor(
                entry.parameter.detach().cpu().contiguous().data<float>().ToArray(),
                [.. entry.parameter.shape.Select(size => (int)size)]),
            StringComparer.Ordinal);
    }

    /// <summary>Copies values in.</summary>
    /// <param name="module">The model that receives them.</param>
    /// <param name="weights">Values by name.</param>
    /// <param name="place">Where they come from, for messages.</param>
    /// <exception cref="InvalidDataException">A parameter is missing or has another shape.</exception>
    public static void Load(nn.Module module, ModelWeights weights, string place)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var problems = new List<string>();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (!weights.TryGetValue(name, out var weight))
                problems.Add($"{name} is missing");
            else if (!Fits(weight, parameter))
                problems.Add($"{name} is [{string.Join(", ", weight.Shape)}]; the model needs [{string.Join(", ", parameter.shape)}]");
            else
                parameter.copy_(tensor(weight.Values, parameter.shape));
        }
        if (problems.Count > 0)
            throw new InvalidDataException($"{place}: {string.Join("; ", problems)}.");
    }

    /// <summary>
    /// Starts a model from another one: every parameter of the same name and shape is copied, and layer <c>i</c> takes layer
    /// <c>layers[i]</c> of the other.
    /// </summary>
    /// <returns>Number of parameters copied.</returns>
    public static int CopyFitting(BertTaskModel model, ModelWeights weights, IReadOnlyList<int> layers)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var copied = 0;
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (!weights.TryGetValue(SourceName(name, layers), out var weight) || !Fits(weight, parameter))
                continue;
            parameter.copy_(tensor(weight.Values, parameter.shape));
            copied++;
        }
        return copied;
    }

    /// <summary>
    /// Gives positions that training never reached the mean of the later half of those that it did: drawn at random, they would be noise
    /// to the first utterance that is longer than all training texts.
    /// </summary>
    /// <param name="model">A model that was trained from fresh weights.</param>
    /// <param name="reached">Tokens of the longest training text.</param>
    public static void FillPositions(BertTaskModel model, int reached)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var positions = model.named_parameters().Single(entry => entry.name == "embeddings.position_embeddings.weight").parameter;
        if (reached >= positions.shape[0])
            return;
        var later = positions.narrow(0, reached / 2, reached - (reached / 2)).mean([0], keepdim: true);
        positions.narrow(0, reached, positions.shape[0] - reached).copy_(later);
    }

    /// <summary>Layers, evenly spread with the last one included, of a model that one with fewer or more layers starts from.</summary>
    public static IReadOnlyList<int> SpreadLayers(int layers, int sourceLayers) =>
        [.. Enumerable.Range(1, layers).Select(i => Math.Max(0, ((i * sourceLayers) / layers) - 1))];

    private static bool Fits(WeightTensor weight, Tensor parameter) =>
        weight.Shape.Select(size => (long)size).SequenceEqual(parameter.shape);

    private static string SourceName(string name, IReadOnlyList<int> layers)
    {
        const string Prefix = "encoder.layer.";
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            return name;
        var end = name.IndexOf('.', Prefix.Length);
        return $"{Prefix}{layers[int.Parse(name.AsSpan(Prefix.Length, end - Prefix.Length))]}{name[end..]}";
    }
}
