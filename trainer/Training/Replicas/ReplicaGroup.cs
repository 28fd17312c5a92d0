using Edge.Trainer.Common;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training.Replicas;

/// <summary>
/// Copies of a model that share the work of a step. Each takes a part of the batch; their gradients are added up, weighted by the
/// targets of their parts, so that the sum is the gradient of the whole batch; one optimizer moves the first copy, and the
/// others take over its weights.
/// </summary>
internal sealed class ReplicaGroup : IGradients, IDisposable
{
    private readonly IReadOnlyList<Replica> _replicas;
    private readonly List<ReplicaThread> _threads;
    private readonly List<List<Parameter>> _parameters;
    private readonly ResumableRandom _random;

    /// <summary>Groups copies.</summary>
    /// <param name="replicas">The first one is the model that is kept; it works on the caller's thread.</param>
    /// <param name="random">Seeds each step's noise, so that a resumed run has the same.</param>
    public ReplicaGroup(IReadOnlyList<Replica> replicas, ResumableRandom random)
    {
        (_replicas, _random) = (replicas, random);
        _threads = [.. Enumerable.Range(1, replicas.Count - 1).Select(i => new ReplicaThread($"replica {i}"))];
        _parameters = [.. replicas.Select(replica => TrainedParameters.Of(replica.Model).Select(entry => entry.Parameter).ToList())];
        foreach (var replica in replicas)
            replica.Model.train();
    }

    /// <inheritdoc/>
    public (IReadOnlyList<LossTerm> Terms, int Tokens) Backward(IReadOnlyList<TrainingExample> examples, int[] members, double wordDropout)
    {
        var seed = _random.NextInt64();
        var parts = Split(members, _replicas.Count);
        var working = _replicas.Take(parts.Length).ToArray();
        OnAll(working, (replica, i) => replica.Forward(examples, parts[i], wordDropout, new SeededRandom(seed + i).State));
        var totals = working.SelectMany(replica => replica.Targets).GroupBy(entry => entry.Key)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value));
        OnAll(working, (replica, _) => replica.Backward(totals));
        using (no_grad())
        {
            for (var i = 1; i < working.Length; i++)
                AddGradients(_parameters[i], _parameters[0]);
        }
        LossTerm[] terms = [.. working.SelectMany(replica => replica.Values).GroupBy(value => value.Name)
            .Select(group => new LossTerm(group.Key, tensor(group.Sum(value => value.Value)), group.First().Weight))];
        return (terms, working.Sum(replica => replica.Tokens));
    }

    /// <inheritdoc/>
    public void Broadcast()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var copy in _parameters.Skip(1))
        {
            foreach (var (target, source) in copy.Zip(_parameters[0]))
                target.copy_(source);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.ForEach(thread => thread.Dispose());

    // The first one's share runs here, while the others work.
    private void OnAll(Replica[] working, Action<Replica, int> work)
    {
        var others = Enumerable.Range(1, working.Length - 1).Select(i => _threads[i - 1].Do(() => work(working[i], i))).ToArray();
        work(working[0], 0);
        Task.WhenAll(others).GetAwaiter().GetResult();
    }

    private static void AddGradients(List<Parameter> from, List<Parameter> to)
    {
        using var scope = NewDisposeScope();
        foreach (var (source, target) in from.Zip(to))
        {
            if (source.grad is not { } gradient)
                continue;
            if (target.grad is { } sum)
                sum.add_(gradient.to(target.device), Scalars.One);
            else
                target.grad = gradient.to(target.device, copy: true);
            source.grad = null;
        }
    }

    private static int[][] Split(int[] members, int parts)
    {
        var size = (members.Length + parts - 1) / parts;
        return [.. members.Chunk(size)];
    }
}
