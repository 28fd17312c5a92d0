using Edge.Trainer.Model;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) over one parameter. Our own, as the package's creates numbers that may be collected while
/// libtorch reads them (<see cref="Scalars"/>), eight for each parameter and step.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9;

    // The second moment averages over 50 steps instead of 1,000: short phases need an optimizer that adapts quickly.
    private const double Beta2 = 0.98;

    private static readonly Scalar _beta1 = Beta1;
    private static readonly Scalar _beta2 = Beta2;
    private static readonly Scalar _share1 = 1 - Beta1;
    private static readonly Scalar _share2 = 1 - Beta2;
    private static readonly Scalar _epsilon = 1e-8;

    private readonly Parameter _parameter;
    private readonly double _weightDecay;
    private readonly Tensor _mean;
    private readonly Tensor _square;

    /// <param name="parameter">What is trained.</param>
    /// <param name="rate">Its part of the learning rate, 0 to 1.</param>
    /// <param name="weightDecay">What a step at learning rate 1 takes off the weights, as a share of them.</param>
    public AdamW(Parameter parameter, double rate, double weightDecay)
    {
        (_parameter, Rate, _weightDecay) = (parameter, rate, weightDecay);
        _mean = zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
        _square = zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
    }

    /// <summary>Its part of the learning rate, 0 to 1.</summary>
    public double Rate { get; }

    /// <summary>Steps taken: those in which the parameter had a gradient.</summary>
    public long Steps { get; set; }

    /// <summary>First and second moment, the live tensors.</summary>
    public IEnumerable<Tensor> Moments => [_mean, _square];

    /// <summary>Moves the parameter along its gradient; without one nothing changes. Needs <c>no_grad</c> and a dispose scope.</summary>
    /// <param name="learningRate">Learning rate of this step, before <see cref="Rate"/>.</param>
    public void Step(double learningRate)
    {
        if (_parameter.grad is not { } gradient)
            return;
        Steps++;
        var rate = learningRate * Rate;
        using var kept = Scalars.New(1 - (rate * _weightDecay));
        using var scale = Scalars.New(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps)));
        using var step = Scalars.New(-rate / (1 - Math.Pow(Beta1, Steps)));
        if (_weightDecay != 0)
            _parameter.mul_(kept);
        _mean.mul_(_beta1).add_(gradient, _share1);
        _square.mul_(_beta2).addcmul_(gradient, gradient, _share2);
        _parameter.addcdiv_(_mean, _square.sqrt().mul_(scale).add_(_epsilon, Scalars.One), step);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }
}
