using Edge.Trainer.Common;
using Edge.Trainer.Data;
using Edge.Trainer.Distillation.Transfer;
using Edge.Trainer.Examples;
using Edge.Trainer.Training;

namespace Edge.Trainer.Distillation;

/// <summary>
/// What the student reads in each epoch: the labelled utterances or variations of them, some of the unlabelled ones, and
/// changed texts. An epoch's content depends on its number and the seed alone.
/// </summary>
internal sealed class TransferSet
{
    private readonly EpochSource _labelled;
    private readonly IReadOnlyList<TrainingExample>? _encoded;
    private readonly TextTurns _turns;
    private readonly ExampleEncoder _encoder;
    private readonly ChangedTexts _changed;
    private readonly int _allUnlabelled;
    private readonly int _unlabelledCount;
    private readonly double _changedRatio;
    private readonly int _seed;

    /// <param name="labelled">Labelled utterances of each epoch.</param>
    /// <param name="training">The training utterances, which words are taken from.</param>
    /// <param name="unlabelled">Utterances without labels.</param>
    /// <param name="encoder">Encodes them.</param>
    /// <param name="options">How many of which.</param>
    /// <param name="seed">Seed of what is drawn.</param>
    public TransferSet(
        EpochSource labelled, IReadOnlyList<LabelledUtterance> training, IReadOnlyList<LabelledUtterance> unlabelled,
        ExampleEncoder encoder,
        DistillationOptions options, int seed)
    {
        (_labelled, _allUnlabelled, _encoder, _seed) = (labelled, unlabelled.Count, encoder, seed);
        // Without soft targets nothing can be learned from a text that has no labels.
        var taught = options.SoftWeight > 0;
        _unlabelledCount = taught ? (int)Math.Min(unlabelled.Count, Math.Ceiling(labelled.Count * options.UnlabelledRatio)) : 0;
        _changedRatio = taught ? options.ChangedTexts : 0;
        _changed = new ChangedTexts(_changedRatio > 0 ? training : [], encoder);
        _turns = new TextTurns(unlabelled, _unlabelledCount, seed);
        // What is read in every epoch is encoded once; of more texts than that, only those of the epoch are in memory.
        if (_unlabelledCount == unlabelled.Count)
            _encoded = encoder.Encode(unlabelled);
    }

    /// <summary>Unlabelled utterances that come back in every epoch.</summary>
    public IReadOnlyList<TrainingExample> Recurring => _encoded ?? [];

    /// <summary>The epochs.</summary>
    /// <param name="mostChanged">Most changed texts that there is time for, as a multiple of the labelled utterances.</param>
    /// <param name="line">What an epoch has, for the log.</param>
    public EpochSource Epochs(double mostChanged, out string line)
    {
        var changed = (int)Math.Ceiling(_labelled.Count * Math.Min(_changedRatio, mostChanged));
        line = $"{_labelled.Count} labelled, {_unlabelledCount} of {_allUnlabelled} unlabelled and {changed} changed utterances an epoch";
        var others = _unlabelledCount + changed;
        return others == 0 ? _labelled : new EpochSource(_labelled.Count + others, epoch => Next(epoch, changed));
    }

    private IReadOnlyList<TrainingExample> Next(int epoch, int changed)
    {
        var labelled = _labelled.Next(epoch);
        return
        [
            .. labelled,
            .. _encoded ?? _encoder.Encode(_turns.Of(epoch)),
            .. _changed.Draw([.. labelled.Select(example => example.Utterance).OfType<LabelledUtterance>()], changed,
                SeededRandom.For(_seed, $"changed texts {epoch}")),
        ];
    }
}
