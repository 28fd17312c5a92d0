using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>A copy of a model's parameters, to go back to the best evaluation.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly nn.Module _module;
    private List<Tensor>? _copies;

    public WeightSnapshot(nn.Module module) => _module = module;

    /// <summary>Copies the parameters.</summary>
    public void Take()
    {
        using var noGrad = no_grad();
        if (_copies is null)
        {
            _copies = [.. _module.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
            return;
        }
        using var scope = NewDisposeScope();
        foreach (var (copy, parameter) in _copies.Zip(_module.parameters()))
            copy.copy_(parameter);
    }

    /// <summary>Puts the copies back; nothing happens where none was taken.</summary>
    public void Restore()
    {
        if (_copies is null)
            return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (copy, parameter) in _copies.Zip(_module.parameters()))
            parameter.copy_(copy);
    }

    /// <inheritdoc/>
    public void Dispose() => _copies?.ForEach(copy => copy.Dispose());
}
