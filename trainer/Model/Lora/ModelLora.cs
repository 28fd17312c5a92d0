using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Model.Lora;

/// <summary>The low-rank additions (LoRA) of a model: attached before a phase, merged into its weights after it.</summary>
internal sealed class ModelLora : nn.Module
{
    private readonly BertTaskModel _model;
    private readonly Device _device;
    private readonly List<(string Name, Linear Layer, LoraLinear Addition)> _additions = [];
    private readonly List<(nn.Module Layer, EightBitMatrix Weight)> _weights = [];

    private ModelLora(BertTaskModel model, LoraOptions options, Device device)
        : base(nameof(ModelLora))
    {
        _model = model;
        _device = device;
        Options = options;
    }

    /// <summary>How they were made.</summary>
    public LoraOptions Options { get; }

    /// <summary>The additions by the name of their projection.</summary>
    public IEnumerable<(string Name, LoraLinear Addition)> Additions => _additions.Select(entry => (entry.Name, entry.Addition));

    /// <summary>Their parameters, <c>encoder.layer.0.attention.self.query.lora_A.weight</c> and so on.</summary>
    public IEnumerable<(string name, Parameter parameter)> NamedParameters() =>
        named_parameters().Select(entry => (entry.name.Replace('/', '.'), entry.parameter));

    /// <summary>Bytes of the weights that are held in 8 bits.</summary>
    public long EightBitBytes => _weights.Sum(entry => entry.Weight.Bytes);

    /// <summary>
    /// Attaches low-rank additions to a model on its device. Every other weight of its encoder takes no gradient from here on.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Where, and of which rank.</param>
    /// <param name="frozenLayers">First layers that get none.</param>
    /// <param name="device">Where the model is.</param>
    public static ModelLora Attach(BertTaskModel model, LoraOptions options, int frozenLayers, Device device)
    {
        var lora = new ModelLora(model, options, device);
        foreach (var (name, module) in model.named_modules().ToList())
        {
            if (!name.StartsWith("encoder.", StringComparison.Ordinal) && !name.StartsWith("embeddings.", StringComparison.Ordinal))
                continue;
            foreach (var parameter in module.parameters(recurse: false))
                parameter.requires_grad = false;
            if (module is Linear linear && LayerNames.LayerOf(name) >= frozenLayers && TargetOf(name) is { } target
                && options.Targets.Contains(target))
                lora.Add(name, linear);
            if (options.EightBitBase && (module is Linear || name == "embeddings.word_embeddings"))
                lora.Quantize(module);
        }
        model.Additions = lora.to(device);
        return lora;
    }

    /// <summary>Puts the additions into the weights, which are in single precision again, and takes them off.</summary>
    public void Merge()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var (layer, weight) in _weights)
            SetWeight(layer, weight.Dequantize());
        foreach (var (_, layer, addition) in _additions)
            layer.weight!.add_(addition.Weight(), Scalars.One);
        foreach (var layer in _weights.Select(entry => entry.Layer).Concat(_additions.Select(entry => entry.Layer)))
            _model.Compute.Overrides.Remove(layer);
        foreach (var parameter in _model.parameters())
            parameter.requires_grad = true;
        _model.Additions = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _weights.ForEach(entry => entry.Weight.Dispose());
        base.Dispose(disposing);
    }

    private static LoraTarget? TargetOf(string name) =>
        name.EndsWith(".query", StringComparison.Ordinal) ? LoraTarget.Query
        : name.EndsWith(".key", StringComparison.Ordinal) ? LoraTarget.Key
        : name.EndsWith(".value", StringComparison.Ordinal) ? LoraTarget.Value
        : name.EndsWith(".attention.output.dense", StringComparison.Ordinal) ? LoraTarget.AttentionOutput
        : name.EndsWith(".intermediate.dense", StringComparison.Ordinal) ? LoraTarget.Intermediate
        : name.EndsWith(".output.dense", StringComparison.Ordinal) ? LoraTarget.Output
        : null;

    private void Add(string name, Linear layer)
    {
        var addition = new LoraLinear(layer, Options.Rank, Options.Alpha / Options.Rank, Options.Dropout, _model.Compute);
        _additions.Add((name, layer, addition));
        register_module(name.Replace('.', '/'), addition); // names of modules have no dots
        _model.Compute.Overrides.Add(layer, addition);
    }

    private void Quantize(nn.Module layer)
    {
        var weight = new EightBitMatrix(WeightOf(layer));
        _weights.Add((layer, weight));
        _model.Compute.Overrides.Add(layer, weight);
        using var noGrad = no_grad();
        SetWeight(layer, zeros(0, 0, device: _device)); // gives the memory back
    }

    private static Parameter WeightOf(nn.Module layer) => layer.parameters(recurse: false).First(); // a weight stands before its bias

    private static void SetWeight(nn.Module layer, Tensor values)
    {
        var weight = new Parameter(values.DetachFromDisposeScope(), requires_grad: false);
        if (layer is Embedding embedding)
        {
            var old = WeightOf(layer);
            embedding.weight = (Parameter)weight.DetachFromDisposeScope();
            old.Dispose();
        }
        else
        {
            ((Linear)layer).weight = weight;
        }
    }
}
