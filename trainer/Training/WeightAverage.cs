using Edge.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>
/// Exponential moving average of a model's trained parameters (Polyak and Juditsky 1992; Tarvainen and Valpola 2017): the last steps
/// go to and fro around a point that their mean is nearer to.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly List<Parameter> _parameters;
    private readonly List<Tensor> _averages;

    /// <param name="module">The model; its parameters are copied now.</param>
    /// <param name="decay">What the average keeps of itself in a step, above 0 to below 1.</param>
    public WeightAverage(nn.Module module, double decay)
    {
        using var noGrad = no_grad();
        _decay = decay;
        _parameters = [.. TrainedParameters.Of(module).Select(entry => entry.Parameter)];
        _averages = [.. _parameters.Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>The averages, in the order of the parameters.</summary>
    public IReadOnlyList<Tensor> Values => _averages;

    /// <summary>Takes a step's weights in.</summary>
    /// <param name="step">Steps before this one. A young average forgets faster, or it would hold on to where training began.</param>
    public void Update(long step)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var share = Math.Min(_decay, (1.0 + step) / (10 + step));
        using var kept = Scalars.New(share);
        using var taken = Scalars.New(1 - share);
        foreach (var (average, parameter) in _averages.Zip(_parameters))
            average.mul_(kept).add_(parameter, taken);
    }

    /// <summary>Exchanges the model's weights and the averages; twice is nothing.</summary>
    public void Swap()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (average, parameter) in _averages.Zip(_parameters))
        {
            var current = parameter.detach().clone();
            parameter.copy_(average);
            average.copy_(current);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _averages.ForEach(average => average.Dispose());
}
