using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>The stack of layers.</summary>
internal sealed class BertEncoder : nn.Module<Tensor, Tensor?, IReadOnlyList<Tensor>>
{
    [ComponentName(Name = "layer")]
    private readonly ModuleList<BertLayer> _layers;

    public BertEncoder(BertConfig config, BertCompute compute)
        : base(nameof(BertEncoder))
    {
        _layers = nn.ModuleList(Enumerable.Range(0, config.Layers).Select(_ => new BertLayer(config, compute)).ToArray());
        RegisterComponents();
    }

    /// <returns>The input and what each layer makes of it.</returns>
    public override IReadOnlyList<Tensor> forward(Tensor input, Tensor? penalty)
    {
        var hidden = new List<Tensor>(_layers.Count + 1) { input };
        foreach (var layer in _layers)
            hidden.Add(layer.call(hidden[^1], penalty));
        return hidden;
    }
}
