using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Edge.Trainer.Model;

/// <summary>A projection that Hugging Face keeps in a module of its own, under the name <c>dense</c>.</summary>
internal sealed class BertDense : nn.Module<Tensor, Tensor>
{
    private readonly BertCompute _compute;

    [ComponentName(Name = "dense")]
    private readonly Linear _dense;

    public BertDense(BertCompute compute, int inputSize, int outputSize)
        : base(nameof(BertDense))
    {
        _compute = compute;
        _dense = nn.Linear(inputSize, outputSize);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _compute.Linear(input, _dense);
}
