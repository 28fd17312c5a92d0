using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>
/// What layers compute with instead of their own weights while a phase trains: low-rank additions (LoRA), weights held in 8 bits, and fake
/// quantization.
/// </summary>
internal sealed class LayerOverrides
{
    private readonly Dictionary<nn.Module, LoraLinear> _additions = [];
    private readonly Dictionary<nn.Module, EightBitMatrix> _weights = [];
    private readonly HashSet<nn.Module> _rounded = [];

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _additions.Count + _weights.Count + _rounded.Count == 0;

    /// <summary>Adds to a projection's output.</summary>
    public void Add(nn.Module layer, LoraLinear addition) => _additions.Add(layer, addition);

    /// <summary>Replaces a layer's weight.</summary>
    public void Add(nn.Module layer, EightBitMatrix weight) => _weights.Add(layer, weight);

    /// <summary>Computes a projection or a table as the INT8 file does.</summary>
    public void FakeQuantize(nn.Module layer) => _rounded.Add(layer);

    /// <summary>Takes away what a layer carries.</summary>
    public void Remove(nn.Module layer)
    {
        _additions.Remove(layer);
        _weights.Remove(layer);
        _rounded.Remove(layer);
    }

    /// <summary>The addition to a projection; <c>null</c>: none.</summary>
    public LoraLinear? Addition(nn.Module layer) => _additions.GetValueOrDefault(layer);

    /// <summary>A layer's weight in 8 bits; <c>null</c>: it has its own.</summary>
    public EightBitMatrix? Weight(nn.Module layer) => _weights.GetValueOrDefault(layer);

    /// <summary>Rows of a table with what it carries.</summary>
    public Tensor Rows(Embedding table, Tensor ids)
    {
        if (!_rounded.Contains(table))
            return Weight(table)?.Rows(ids) ?? table.call(ids);
        using var scope = NewDisposeScope();
        var rows = FakeQuantization.Table(table.weight!).index_select(0, ids.reshape(-1));
        return rows.view(ids.shape[0], ids.shape[1], rows.shape[1]).MoveToOuterDisposeScope();
    }

    /// <summary>A projection with what it carries.</summary>
    public Tensor Apply(Tensor input, Linear layer, BertCompute compute)
    {
        using var scope = NewDisposeScope();
        var weight = Weight(layer)?.Dequantize() ?? layer.weight!;
        var output = _rounded.Contains(layer)
            ? compute.Linear(FakeQuantization.Input(input), FakeQuantization.Weight(weight), layer.bias!)
            : compute.Linear(input, weight, layer.bias!);
        return (Addition(layer) is { } addition ? output.Plus(addition.Apply(input, layer.training)) : output).MoveToOuterDisposeScope();
    }
}
