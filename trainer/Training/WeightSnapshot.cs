using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>A copy of a model's trained parameters, to go back to the best evaluation.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly List<Parameter> _parameters;
    private List<Tensor>? _copies;

    /// <summary>Remembers which parameters take a gradient: the others do not change.</summary>
    public WeightSnapshot(nn.Module module) => _parameters = [.. TrainedParameters.Of(module).Select(entry => entry.Parameter)];

    /// <summary>Whether there is a copy.</summary>
    public bool IsTaken => _copies is not null;

    /// <summary>The copies; none before the first.</summary>
    public IReadOnlyList<Tensor> Copies => _copies ?? [];

    /// <summary>Copies the parameters.</summary>
    public void Take()
    {
        using var noGrad = no_grad();
        if (_copies is null)
        {
            _copies = [.. _parameters.Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
            return;
        }
        using var scope = NewDisposeScope();
        foreach (var (copy, parameter) in _copies.Zip(_parameters))
            copy.copy_(parameter);
    }

    /// <summary>Puts the copies back; nothing happens where none was taken.</summary>
    public void Restore()
    {
        if (_copies is null)
            return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (copy, parameter) in _copies.Zip(_parameters))
            parameter.copy_(copy);
    }

    /// <inheritdoc/>
    public void Dispose() => _copies?.ForEach(copy => copy.Dispose());
}
