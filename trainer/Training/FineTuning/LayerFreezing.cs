using Edge.Trainer.Model;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>Keeps the embeddings and first layers of a model as they are, until disposed.</summary>
internal sealed class LayerFreezing : IDisposable
{
    private readonly BertTaskModel _model;

    /// <summary>Freezes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">First layers; <c>null</c>: nothing is frozen.</param>
    public LayerFreezing(BertTaskModel model, int? layers)
    {
        _model = model;
        foreach (var (name, parameter) in model.named_parameters())
            parameter.requires_grad = layers is null || LayerNames.LayerOf(name) >= layers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in _model.parameters())
            parameter.requires_grad = true;
    }
}
