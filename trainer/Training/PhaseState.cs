using Edge.Trainer.Examples;
using Edge.Trainer.Training.History;
using Edge.Trainer.Training.Resuming;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Edge.Trainer.Training;

/// <summary>Everything that changes while a phase trains, so that it can be written, and read by another process that goes on.</summary>
internal sealed class PhaseState : IDisposable
{
    private readonly TrainingContext _context;
    private readonly LoopOptions _options;
    private readonly List<(string Name, Parameter Parameter)> _trained;
    private readonly List<Parameter> _ofHelpers;
    private ulong[]? _epochRandom;

    /// <summary>Starts a phase.</summary>
    /// <param name="phase">What is trained, and how; of the model only parameters that take a gradient are trained and kept.</param>
    /// <param name="helpers">Modules that are trained with it and then thrown away.</param>
    /// <param name="context">What the phases share.</param>
    public PhaseState(TrainingPhase phase, IReadOnlyList<nn.Module> helpers, TrainingContext context)
    {
        Phase = phase.Name;
        StepsPerEpoch = phase.StepsPerEpoch;
        (_context, _options) = (context, phase.Options);
        _trained = [.. TrainedParameters.Of(phase.Model)];
        _ofHelpers = [.. helpers.SelectMany(helper => helper.parameters())];
        Optimizer = new WeightOptimizer(_options, [phase.Model, .. helpers]);
        Best = new WeightSnapshot(phase.Model);
        Stopping = new EarlyStopping(_options.Patience);
        Clock = new PhaseClock(phase.Limit, StepsPerEpoch, context.Time);
        Curves = context.History.Begin(phase.Name);
    }

    /// <summary>Name of the phase.</summary>
    public string Phase { get; }

    /// <summary>Steps of an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Moves the weights.</summary>
    public WeightOptimizer Optimizer { get; }

    /// <summary>Weights of the best evaluation.</summary>
    public WeightSnapshot Best { get; }

    /// <summary>Evaluations so far.</summary>
    public EarlyStopping Stopping { get; }

    /// <summary>Losses so far.</summary>
    public LossMeter Meter { get; } = new();

    /// <summary>Steps, tokens and time so far.</summary>
    public PhaseClock Clock { get; }

    /// <summary>Losses and scores so far, for the report.</summary>
    public PhaseCurves Curves { get; }

    /// <summary>Epoch, from 0.</summary>
    public int Epoch { get; private set; }

    /// <summary>Batches of the epoch that were given out.</summary>
    public int Batch { get; private set; }

    /// <summary>Evaluations that were due so far.</summary>
    public int Evaluations { get; set; }

    /// <summary>Whether the phase is at its limit, or brings nothing more.</summary>
    public bool IsOver => Clock.Progress >= 1 || Stopping.ShouldStop;

    /// <summary>The batches of this epoch that are not done yet, in random order.</summary>
    public IEnumerable<int[]> Batches(IReadOnlyList<TrainingExample> examples)
    {
        // The order of a begun epoch is drawn once more from where it was drawn first; what was drawn since stays drawn.
        var now = _context.Random.State;
        _context.Random.State = _epochRandom ??= now;
        var batches = BatchSampler.Shuffled(EpochSource.Lengths(examples), _options.BatchSize, _context.Random);
        if (Batch > 0)
            _context.Random.State = now;
        while (Batch < batches.Count)
            yield return batches[Batch++];
    }

    /// <summary>Goes to the next epoch.</summary>
    public void NextEpoch() => (Epoch, Batch, _epochRandom) = (Epoch + 1, 0, null);

    /// <summary>Writes the phase.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="runElapsed">Wall time of the run.</param>
    /// <param name="result">What the phase did, where it is over.</param>
    public void Write(string path, TimeSpan runElapsed, PhaseResult? result)
    {
        using var torchRandom = get_rng_state();
        var header = new PhaseHeader
        {
            Phase = Phase,
            Result = result,
            Epoch = Epoch,
            Batch = Batch,
            Evaluations = Evaluations,
            Clock = Clock.Now,
            Stopping = Stopping.Remembered,
            Losses = Meter.Now,
            HasBest = Best.IsTaken,
            OptimizerSteps = Optimizer.Steps,
            EpochRandom = _epochRandom ?? _context.Random.State,
            Random = _context.Random.State,
            ComputeRandom = _context.Compute.Random.State,
            TorchRandom = torchRandom.bytes.ToArray(),
            Parameters = Describe(),
            RunElapsed = runElapsed,
            Curves = PhaseRecord.Of(Curves),
        };
        StateWriter.Write(path, header.ToBytes(), Tensors(result is not null));
    }

    /// <summary>Reads a phase that was written.</summary>
    /// <returns>What it did, where it was over.</returns>
    /// <exception cref="InvalidDataException">The file is of another phase or model.</exception>
    public PhaseResult? Read(string path)
    {
        using var reader = new StateReader(path);
        var header = PhaseHeader.Read(reader);
        if (header.Phase != Phase)
            throw new InvalidDataException($"{path}: is of phase {header.Phase}; this is {Phase}. {StateReader.Remedy(path)}");
        var mine = Describe();
        if (!header.Parameters.SequenceEqual(mine))
        {
            var other = header.Parameters.Except(mine).FirstOrDefault() ?? mine.Except(header.Parameters).FirstOrDefault();
            throw new InvalidDataException($"{path}: is of another model, for example in {other}. {StateReader.Remedy(path)}");
        }

        if (header.Result is null && header.HasBest)
            Best.Take(); // makes room
        foreach (var tensor in Tensors(header.Result is not null))
            reader.ReadInto(tensor);
        reader.Complete();
        (Epoch, Batch, Evaluations) = (header.Epoch, header.Batch, header.Evaluations);
        (Clock.Now, Stopping.Remembered, Meter.Now, Optimizer.Steps) =
            (header.Clock, header.Stopping, header.Losses, header.OptimizerSteps);
        if (header.Curves is { } curves)
            Curves.Restore(curves);
        _epochRandom = header.Batch > 0 ? header.EpochRandom : null;
        (_context.Random.State, _context.Compute.Random.State) = (header.Random, header.ComputeRandom);
        using var torchRandom = tensor(header.TorchRandom);
        set_rng_state(torchRandom);
        return header.Result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        Best.Dispose();
    }

    private IEnumerable<Tensor> Tensors(bool onlyWeights)
    {
        var weights = _trained.Select(entry => (Tensor)entry.Parameter);
        return onlyWeights ? weights : weights.Concat(_ofHelpers).Concat(Best.Copies).Concat(Optimizer.Moments);
    }

    private string[] Describe() =>
        [.. _trained.Select(entry => $"{entry.Name} [{string.Join(", ", entry.Parameter.shape)}]"),
            .. _ofHelpers.Select(parameter => $"helper [{string.Join(", ", parameter.shape)}]")];
}
