using Edge.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>AdamW (Loshchilov and Hutter 2019) with warm-up, decay and clipping over some modules.</summary>
internal sealed class WeightOptimizer : IDisposable
{
    private readonly LoopOptions _options;
    private readonly List<Parameter> _parameters;
    private readonly List<AdamW> _parts;

    /// <summary>
    /// Builds the optimizer over what takes a gradient. Only after the modules are on their device: moving replaces parameters.
    /// </summary>
    public WeightOptimizer(LoopOptions options, params IReadOnlyList<nn.Module> modules)
    {
        _options = options;
        var named = modules.SelectMany(TrainedParameters.Of).ToList();
        var layers = 1 + named.Max(entry => LayerNames.LayerOf(entry.Name) is var layer and < int.MaxValue ? layer : -1);
        _parameters = [.. named.Select(entry => entry.Parameter)];
        _parts = [.. named.Select(
            entry => new AdamW(
                entry.Parameter, RateOf(entry.Name, layers, options.LayerDecay), Decays(entry.Name) ? options.WeightDecay : 0))];
    }

    /// <summary>Steps counted for each parameter.</summary>
    public long[] Steps
    {
        get => [.. _parts.Select(part => part.Steps)];
        set
        {
            foreach (var (part, steps) in _parts.Zip(value))
                part.Steps = steps;
        }
    }

    /// <summary>First and second moments of each parameter, the live tensors.</summary>
    public IEnumerable<Tensor> Moments => _parts.SelectMany(part => part.Moments);

    /// <summary>Moves the parameters along their gradients and clears these.</summary>
    /// <param name="progress">Part of the phase done, 0 to 1.</param>
    public void Step(double progress)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        nn.utils.clip_grad_norm_(_parameters, _options.GradientClip);
        var rate = _options.LearningRate * LearningRateSchedule.Factor(progress, _options.WarmUp);
        foreach (var part in _parts)
            part.Step(rate);
        foreach (var parameter in _parameters)
            parameter.grad = null; // the next backward pass writes gradients instead of adding to zeros
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.ForEach(part => part.Dispose());

    // Lower layers know what all text has in common and change least: rate · decay^(layers above) (Howard and Ruder 2018,
    // Clark et al. 2020). Heads and pooler have the whole rate.
    private static double RateOf(string name, int layers, double decay) =>
        LayerNames.LayerOf(name) is var layer and < int.MaxValue ? Math.Pow(decay, layers - 1 - layer) : 1;

    // What is added to everything, or scales it, must not shrink towards 0 (Devlin et al. 2019's code); positions are added to scores.
    private static bool Decays(string name) => !name.EndsWith("bias", StringComparison.Ordinal)
        && !name.Contains("LayerNorm", StringComparison.Ordinal) && !name.Contains("relative_positions", StringComparison.Ordinal);
}
