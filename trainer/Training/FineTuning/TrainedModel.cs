using Edge.Trainer.Common;
using Edge.Trainer.Examples;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Lora;
using Edge.Trainer.Training.Replicas;
using TorchSharp;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>A model made ready to learn from labels on its device: layers frozen, LoRA attached, labels weighted.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly TrainingContext _context;
    private readonly LayerFreezing _frozen;
    private readonly LabelWeights? _weights;
    private readonly bool _isCopy;

    private TrainedModel(
        BertTaskModel model, FineTuningOptions options, IReadOnlyList<TrainingExample> examples, TrainingContext context, bool isCopy)
    {
        (Model, _context, _isCopy) = (model, context, isCopy);
        _frozen = new LayerFreezing(model, options.FrozenLayers);
        Lora = options.Lora is { } wanted ? ModelLora.Attach(model, wanted, options.FrozenLayers ?? 0, context.Device) : null;
        _weights = options.Balance == ClassBalance.Weights
            ? new LabelWeights(context.Task, examples, options.BalanceCap, context.Device)
            : null;
    }

    /// <summary>The model.</summary>
    public BertTaskModel Model { get; }

    /// <summary>Its low-rank additions; <c>null</c>: its own weights learn.</summary>
    public ModelLora? Lora { get; }

    /// <summary>Makes a model ready, and copies of it on other devices.</summary>
    /// <param name="model">The model that is kept; the first of the result.</param>
    /// <param name="options">Which weights learn.</param>
    /// <param name="examples">The training set, whose labels are counted.</param>
    /// <param name="context">What the phases share; names the devices of the copies.</param>
    public static IReadOnlyList<TrainedModel> Prepare(
        BertTaskModel model, FineTuningOptions options, IReadOnlyList<TrainingExample> examples, TrainingContext context)
    {
        // Copies first: attaching LoRA may take the weights away that they are copied from.
        var copies = new List<TrainedModel>();
        foreach (var device in context.ReplicaDevices)
        {
            var own = context with
            {
                Device = device,
                Compute = new BertCompute(context.Compute.BFloat16, context.Seed),
                Random = new ResumableRandom(context.Seed)
            };
            var copy = new BertTaskModel(model.Config, context.Task, own.Compute).to(device);
            ModelParameters.Load(copy, ModelParameters.ToWeights(model), "replica");
            copies.Add(new TrainedModel(copy, options, examples, own, isCopy: true));
        }
        var first = context with { Random = new ResumableRandom(context.Seed) };
        return [new TrainedModel(model, options, examples, copies.Count == 0 ? context : first, isCopy: false), .. copies];
    }

    /// <summary>Loss terms of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="labelSmoothing">Probability mass that a label gives to the others.</param>
    public IReadOnlyList<LossTerm> Losses(TrainingBatch batch, double labelSmoothing) =>
        HeadLosses.Compute(_context.Task, Model.call(batch.Tokens).Logits, batch.Targets, labelSmoothing, labelWeights: _weights?.OfHeads);

    /// <summary>The model as one of several that share a step.</summary>
    public Replica ToReplica(double labelSmoothing) =>
        new(Model, _context, batch => Losses(batch, labelSmoothing), batch => TargetCounts.Of(_context.Task, batch, _weights?.OfHeads));

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights?.Dispose();
        Lora?.Dispose();
        _frozen.Dispose();
        if (!_isCopy)
            return;
        Model.Dispose();
        _context.Compute.Dispose();
    }
}
