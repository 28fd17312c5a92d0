using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>One encoder layer: attention, then the feed-forward network.</summary>
internal sealed class BertLayer : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Activation _activation;

    [ComponentName(Name = "attention")]
    private readonly BertAttention _attention;

    [ComponentName(Name = "intermediate")]
    private readonly BertDense _intermediate;

    [ComponentName(Name = "output")]
    private readonly BertResidual _output;

    public BertLayer(BertConfig config, BertCompute compute)
        : base(nameof(BertLayer))
    {
        _activation = config.Activation;
        _attention = new BertAttention(config, compute);
        _intermediate = new BertDense(compute, config.HiddenSize, config.IntermediateSize);
        _output = new BertResidual(config, compute, config.IntermediateSize);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor? penalty)
    {
        using var scope = NewDisposeScope();
        var attended = _attention.call(input, penalty);
        return _output.call(_activation.Apply(_intermediate.call(attended)), attended).MoveToOuterDisposeScope();
    }
}
