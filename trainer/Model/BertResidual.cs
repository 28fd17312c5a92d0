using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>Projection, dropout, residual connection and LayerNorm: what ends both halves of a layer.</summary>
internal sealed class BertResidual : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly BertCompute _compute;
    private readonly double _dropout;

    [ComponentName(Name = "dense")]
    private readonly Linear _dense;

    [ComponentName(Name = "LayerNorm")]
    private readonly LayerNorm _norm;

    public BertResidual(BertConfig config, BertCompute compute, int inputSize)
        : base(nameof(BertResidual))
    {
        _compute = compute;
        _dropout = config.DropoutRate;
        _dense = nn.Linear(inputSize, config.HiddenSize);
        _norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        RegisterComponents();
    }

    /// <param name="input">What the half computed, [batch, tokens, input].</param>
    /// <param name="residual">What went into the half, [batch, tokens, hidden].</param>
    public override Tensor forward(Tensor input, Tensor residual)
    {
        using var scope = NewDisposeScope();
        return _norm.call(_compute.Dropout(_compute.Linear(input, _dense), _dropout, training).Plus(residual)).MoveToOuterDisposeScope();
    }
}
