using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>First half of a layer: attention with its projection.</summary>
internal sealed class BertAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    [ComponentName(Name = "self")]
    private readonly BertSelfAttention _self;

    [ComponentName(Name = "output")]
    private readonly BertResidual _output;

    public BertAttention(BertConfig config, BertCompute compute)
        : base(nameof(BertAttention))
    {
        _self = new BertSelfAttention(config, compute);
        _output = new BertResidual(config, compute, config.HiddenSize);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor? penalty) => _output.call(_self.call(input, penalty), input);
}
