using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>AdamW (Loshchilov and Hutter 2019) with warm-up, decay and clipping over some modules.</summary>
internal sealed class WeightOptimizer : IDisposable
{
    private readonly LoopOptions _options;
    private readonly List<Parameter> _parameters;
    private readonly AdamW _adam;

    /// <summary>Builds the optimizer. Only after the modules are on their device: moving replaces parameters.</summary>
    public WeightOptimizer(LoopOptions options, params IReadOnlyList<nn.Module> modules)
    {
        _options = options;
        var named = modules.SelectMany(module => module.named_parameters()).Where(entry => entry.parameter.requires_grad).ToList();
        _parameters = [.. named.Select(entry => entry.parameter)];
        var decayed = named.Where(entry => Decays(entry.name)).Select(entry => entry.parameter).ToList();
        var others = named.Where(entry => !Decays(entry.name)).Select(entry => entry.parameter).ToList();
        _adam = optim.AdamW([Group(decayed, options.WeightDecay), Group(others, 0)]);
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
        foreach (var group in _adam.ParamGroups)
            group.LearningRate = rate;
        _adam.step();
        foreach (var parameter in _parameters)
            parameter.grad = null; // the next backward pass writes gradients instead of adding to zeros
    }

    /// <inheritdoc/>
    public void Dispose() => _adam.Dispose();

    // The second moment averages over 50 steps instead of 1,000: short phases need an optimizer that adapts quickly.
    private AdamW.ParamGroup Group(List<Parameter> parameters, double weightDecay) =>
        new(parameters, _options.LearningRate, 0.9, 0.98, 1e-8, weightDecay);

    private static bool Decays(string name) =>
        !name.EndsWith("bias", StringComparison.Ordinal) && !name.Contains("LayerNorm", StringComparison.Ordinal);
}
