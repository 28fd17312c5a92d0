using Edge.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>AdamW (Loshchilov and Hutter 2019) with warm-up, decay and clipping over some modules.</summary>
internal sealed class WeightOptimizer : IDisposable
{
    private readonly LoopOptions _options;
    private readonly List<Parameter> _parameters;
    private readonly List<double> _rates;
    private readonly AdamW _adam;

    /// <summary>Builds the optimizer over what takes a gradient. Only after the modules are on their device: moving replaces parameters.</summary>
    public WeightOptimizer(LoopOptions options, params IReadOnlyList<nn.Module> modules)
    {
        _options = options;
        var named = modules.SelectMany(TrainedParameters.Of).ToList();
        var layers = 1 + named.Max(entry => LayerNames.LayerOf(entry.Name) is var layer and < int.MaxValue ? layer : -1);
        var groups = named.GroupBy(entry => (Decays: Decays(entry.Name), Rate: RateOf(entry.Name, layers, options.LayerDecay)))
            .Select(group => (group.Key.Decays, group.Key.Rate, Parameters: group.Select(entry => entry.Parameter).ToList())).ToList();
        _parameters = [.. named.Select(entry => entry.Parameter)];
        _rates = [.. groups.Select(group => group.Rate)];
        _adam = optim.AdamW(groups.Select(group => Group(group.Parameters, group.Decays ? options.WeightDecay : 0)));
    }

    /// <summary>Steps counted for each parameter.</summary>
    public long[] Steps
    {
        get => [.. States.Select(state => state.step)];
        set
        {
            foreach (var (state, step) in States.Zip(value))
                state.step = step;
        }
    }

    /// <summary>First and second moments of each parameter, the live tensors.</summary>
    public IEnumerable<Tensor> Moments => States.SelectMany(state => new[] { state.exp_avg, state.exp_avg_sq });

    private IEnumerable<AdamW.State> States => _adam.state_dict().State.Cast<AdamW.State>();

    /// <summary>Moves the parameters along their gradients and clears these.</summary>
    /// <param name="progress">Part of the phase done, 0 to 1.</param>
    public void Step(double progress)
    {
        nn.utils.clip_grad_norm_(_parameters, _options.GradientClip);
        var rate = _options.LearningRate * LearningRateSchedule.Factor(progress, _options.WarmUp);
        foreach (var (group, share) in _adam.ParamGroups.Zip(_rates))
            group.LearningRate = rate * share;
        _adam.step();
        foreach (var parameter in _parameters)
            parameter.grad = null; // the next backward pass writes gradients instead of adding to zeros
    }

    /// <inheritdoc/>
    public void Dispose() => _adam.Dispose();

    // The second moment averages over 50 steps instead of 1,000: short phases need an optimizer that adapts quickly.
    private AdamW.ParamGroup Group(List<Parameter> parameters, double weightDecay) =>
        new(parameters, _options.LearningRate, 0.9, 0.98, 1e-8, weightDecay);

    // Lower layers know what all text has in common and change least: rate · decay^(layers above) (Howard and Ruder 2018,
    // Clark et al. 2020). Heads and pooler have the whole rate.
    private static double RateOf(string name, int layers, double decay) =>
        LayerNames.LayerOf(name) is var layer and < int.MaxValue ? Math.Pow(decay, layers - 1 - layer) : 1;

    private static bool Decays(string name) =>
        !name.EndsWith("bias", StringComparison.Ordinal) && !name.Contains("LayerNorm", StringComparison.Ordinal);
}
