using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) over one parameter. Our own: in main memory it is one pass over the values, and the package's
/// makes numbers that may be collected while libtorch reads them (<see cref="Model.Scalars"/>).
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const float Beta1 = 0.9f;

    // The second moment averages over 50 steps instead of 1,000: short phases need an optimizer that adapts quickly.
    private const float Beta2 = 0.98f;

    private const float Epsilon = 1e-8f;

    private readonly Parameter _parameter;
    private readonly double _rate;
    private readonly double _weightDecay;
    private readonly Tensor _mean;
    private readonly Tensor _square;

    /// <param name="parameter">What is trained.</param>
    /// <param name="rate">Its part of the learning rate, 0 to 1.</param>
    /// <param name="weightDecay">What a step at learning rate 1 takes off the weights, as a share of them.</param>
    public AdamW(Parameter parameter, double rate, double weightDecay)
    {
        (_parameter, _rate, _weightDecay) = (parameter, rate, weightDecay);
        _mean = zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
        _square = zeros_like(parameter, requires_grad: false).DetachFromDisposeScope();
    }

    /// <summary>Steps taken: those in which the parameter had a gradient.</summary>
    public long Steps { get; set; }

    /// <summary>First and second moment, the live tensors.</summary>
    public IEnumerable<Tensor> Moments => [_mean, _square];

    /// <summary>Moves the parameter along its gradient; without one nothing changes. Needs <c>no_grad</c> and a dispose scope.</summary>
    /// <param name="learningRate">Learning rate of this step, of which the parameter has its part.</param>
    public void Step(double learningRate)
    {
        if (_parameter.grad is not { } gradient)
            return;
        Steps++;
        var rate = learningRate * _rate;
        var step = new AdamWKernel
        {
            Beta1 = Beta1,
            Beta2 = Beta2,
            Epsilon = Epsilon,
            Kept = (float)(1 - (rate * _weightDecay)),
            Scale = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps))),
            Step = (float)(-rate / (1 - Math.Pow(Beta1, Steps))),
        };
        if (_parameter.device_type == DeviceType.CPU)
            step.Update(Values(_parameter), Values(gradient.contiguous()), Values(_mean), Values(_square));
        else
            step.Update(_parameter, gradient, _mean, _square);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }

    private static Span<float> Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
