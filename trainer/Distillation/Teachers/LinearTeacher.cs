using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Examples;
using Edge.Trainer.LinearModels;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>
/// Linear models of words beside the teachers: they err elsewhere. Of a training utterance they say what they would without
/// having learned from it (out of fold), because what a model knows by heart teaches nothing beyond the label.
/// </summary>
internal sealed class LinearTeacher
{
    private readonly OutOfFold _outOfFold;
    private readonly LinearModel _model;
    private readonly Dictionary<LabelledUtterance, int> _rows;

    private LinearTeacher(OutOfFold outOfFold, LinearModel model, Dictionary<LabelledUtterance, int> rows) =>
        (_outOfFold, _model, _rows) = (outOfFold, model, rows);

    /// <summary>Heads.</summary>
    public TaskDefinition Task => _model.Task;

    /// <summary>Learns from the training utterances and variants of them: once from each part but one, and once from all.</summary>
    public static LinearTeacher Fit(
        TaskDefinition task, IReadOnlyList<LabelledUtterance> training, int seed, Variants? variants = null,
        CancellationToken cancellation = default)
    {
        var outOfFold =
            OutOfFold.Compute(task, training, options: new LinearOptions { Seed = seed }, variants: variants, cancellation: cancellation);
        var rows = new Dictionary<LabelledUtterance, int>(ReferenceEqualityComparer.Instance); // the row itself, not one that says the same
        for (var i = 0; i < training.Count; i++)
            rows[training[i]] = i;
        return new LinearTeacher(outOfFold, outOfFold.FitAll(), rows);
    }

    /// <summary>The same teacher for some of the heads; of the others it says nothing and computes nothing.</summary>
    public LinearTeacher Only(Func<int, bool> heads) => new(_outOfFold, _model.Only(heads), _rows);

    /// <summary>Probabilities by head: of each label, the score, or of each tag by token, [tokens, tags]. Thread-safe.</summary>
    public float[][] Probabilities(TrainingExample example)
    {
        if (example.Utterance is not { } utterance)
            throw new ArgumentException("The example does not say what utterance it was made from.", nameof(example));
        if (!_rows.TryGetValue(utterance, out var row))
            return _model.Probabilities(utterance, example.Encoded);
        var probabilities = _outOfFold.Probabilities(row);
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (Task.Heads[i].Kind == HeadKind.Span)
            {
                probabilities[i] = LinearProbabilities.ByToken(
                    probabilities[i], Task.Heads[i].OutputCount, _outOfFold.Examples[row].Words, example.Encoded);
            }
        }
        return probabilities;
    }
}
