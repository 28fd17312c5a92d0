using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Edge.Trainer.Model;

/// <summary>The addition to one projection, alpha/rank · B·A; B starts at 0, so that training starts from the pretrained model.</summary>
internal sealed class LoraLinear : nn.Module
{
    private readonly BertCompute _compute;
    private readonly double _dropout;
    private readonly Scalar _scale;

    [ComponentName(Name = "lora_A")]
    private readonly Linear _down;

    [ComponentName(Name = "lora_B")]
    private readonly Linear _up;

    /// <param name="target">The projection.</param>
    /// <param name="rank">Rank of the addition.</param>
    /// <param name="scale">Its factor, alpha/rank.</param>
    /// <param name="dropout">Dropout before it.</param>
    /// <param name="compute">How the model computes.</param>
    public LoraLinear(Linear target, int rank, double scale, double dropout, BertCompute compute)
        : base(nameof(LoraLinear))
    {
        _compute = compute;
        _dropout = dropout;
        _scale = Scalars.Of(scale);
        _down = nn.Linear(target.in_features, rank, hasBias: false); // Kaiming's uniform distribution, as in the authors' code
        _up = nn.Linear(rank, target.out_features, hasBias: false);
        nn.init.zeros_(_up.weight);
        RegisterComponents();
    }

    /// <summary>The addition to the projection's output.</summary>
    public Tensor Apply(Tensor input, bool training)
    {
        using var scope = NewDisposeScope();
        var low = F.linear(_compute.Dropout(input, _dropout, training), _down.weight); // [batch, tokens, rank]
        return F.linear(low, _up.weight).mul(_scale).MoveToOuterDisposeScope();
    }

    /// <summary>The addition to the projection's weight, [outputs, inputs].</summary>
    public Tensor Weight() => _up.weight.mm(_down.weight).mul(_scale);
}
