using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Model.Adapters;

/// <summary>What layers carry beside their own weights while a phase trains: additions, and weights held in 8 bits.</summary>
internal sealed class LayerAdapters
{
    private readonly Dictionary<nn.Module, LinearAdapter> _additions = [];
    private readonly Dictionary<nn.Module, EightBitMatrix> _weights = [];

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _additions.Count == 0 && _weights.Count == 0;

    /// <summary>Adds to a projection's output.</summary>
    public void Add(nn.Module layer, LinearAdapter addition) => _additions.Add(layer, addition);

    /// <summary>Replaces a layer's weight.</summary>
    public void Add(nn.Module layer, EightBitMatrix weight) => _weights.Add(layer, weight);

    /// <summary>Takes away what a layer carries.</summary>
    public void Remove(nn.Module layer)
    {
        _additions.Remove(layer);
        _weights.Remove(layer);
    }

    /// <summary>The addition to a projection; <c>null</c>: none.</summary>
    public LinearAdapter? Addition(nn.Module layer) => _additions.GetValueOrDefault(layer);

    /// <summary>A layer's weight in 8 bits; <c>null</c>: it has its own.</summary>
    public EightBitMatrix? Weight(nn.Module layer) => _weights.GetValueOrDefault(layer);

    /// <summary>A projection with what it carries.</summary>
    public Tensor Apply(Tensor input, Linear layer, BertCompute compute)
    {
        using var scope = NewDisposeScope();
        var output = compute.Linear(input, Weight(layer)?.Dequantize() ?? layer.weight!, layer.bias!);
        return (Addition(layer) is { } addition ? output.Plus(addition.Apply(input, layer.training)) : output).MoveToOuterDisposeScope();
    }
}
