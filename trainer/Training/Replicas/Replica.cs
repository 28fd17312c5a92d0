using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace Edge.Trainer.Training.Replicas;

/// <summary>A copy of the model on one device, and its share of a step. A step's two halves run on the same thread.</summary>
/// <param name="model">The copy.</param>
/// <param name="context">Device, compute and random numbers of its own.</param>
/// <param name="losses">Loss terms of a batch, by this copy.</param>
/// <param name="targets">How many targets each term of a batch is the mean of.</param>
internal sealed class Replica(
    BertTaskModel model, TrainingContext context, LossFunction losses, Func<TrainingBatch, IReadOnlyDictionary<string, double>> targets)
{
    private DisposeScope? _scope;
    private IReadOnlyList<LossTerm> _terms = [];

    /// <summary>The copy.</summary>
    public BertTaskModel Model => model;

    /// <summary>Targets of the share, by loss term.</summary>
    public IReadOnlyDictionary<string, double> Targets { get; private set; } = new Dictionary<string, double>();

    /// <summary>Tokens of the share.</summary>
    public int Tokens { get; private set; }

    /// <summary>What the share adds to each term of the whole batch, with the term's weight.</summary>
    public IReadOnlyList<(string Name, float Value, double Weight)> Values { get; private set; } = [];

    /// <summary>First half: the losses of a share.</summary>
    public void Forward(IReadOnlyList<TrainingExample> examples, int[] members, double wordDropout, ulong[] randomState)
    {
        _scope = NewDisposeScope();
        (context.Random.State, context.Compute.Random.State) = (randomState, randomState);
        var batch = TrainingBatch.Create(examples, members, wordDropout, context);
        _terms = losses(batch);
        (Targets, Tokens) = (targets(batch), batch.TokenCount);
    }

    /// <summary>Second half: gradients of the part that the share has in the loss of the whole batch.</summary>
    /// <param name="totals">Targets of the whole batch, by loss term.</param>
    public void Backward(IReadOnlyDictionary<string, double> totals)
    {
        LossTerm[] scaled = [.. _terms.Select(term => term with { Weight = term.Weight * Targets[term.Name] / totals[term.Name] })];
        if (scaled.Length > 0)
            LossTerm.Sum(scaled).backward();
        Values = [.. _terms.Select(
            term => (term.Name, (float)(term.Value.item<float>() * Targets[term.Name] / totals[term.Name]), term.Weight))];
        _scope!.Dispose();
    }
}
