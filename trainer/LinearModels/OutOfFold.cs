using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Data.Augmentation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Examples;

namespace Edge.Trainer.LinearModels;

/// <summary>What linear models say of utterances that they did not learn from.</summary>
internal sealed class OutOfFold
{
    private readonly TaskDefinition _task;
    private readonly Func<Func<int, bool>, LinearModel> _fit; // learns from the utterances of some rows
    private readonly float[][][] _scores;

    private OutOfFold(
        TaskDefinition task, IReadOnlyList<LinearExample> examples, Func<Func<int, bool>, LinearModel> fit, float[][][] scores)
    {
        (_task, Examples, _fit, _scores) = (task, examples, fit, scores);
        // One number a head over the whole set: that it was fitted on what it calibrates changes nothing that could be measured.
        var fitted =
            TemperatureFitting.Fit(task, [.. examples.Select(example => new TrainingExample(example.Words, example.Targets))], scores);
        Temperatures = [.. task.Heads.Select(head => fitted[head.Name])];
    }

    /// <summary>The utterances, encoded.</summary>
    public IReadOnlyList<LinearExample> Examples { get; }

    /// <summary>Temperature of each head that makes the out-of-fold confidences honest.</summary>
    public IReadOnlyList<float> Temperatures { get; }

    /// <summary>Trains one model for each fold on the others and lets it judge the fold.</summary>
    /// <param name="task">Heads with their final labels.</param>
    /// <param name="utterances">The training set.</param>
    /// <param name="folds">Number of folds, from 2; more cost more and judge better.</param>
    /// <param name="options">Passes, step, seed.</param>
    /// <param name="variants">What is learned beside utterances, made from them alone; <c>null</c>: nothing.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static OutOfFold Compute(
        TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances, int folds = 5, LinearOptions? options = null,
        Variants? variants = null,
        CancellationToken cancellation = default)
    {
        options ??= new LinearOptions();
        var encoder = new LinearEncoder(task);
        LinearExample[] examples = [.. utterances.Select(encoder.Encode)];
        var fold = Folds.Assign(utterances, folds, options.Seed);
        var scores = new float[examples.Length][][];
        Parallel.For(0, folds, new ParallelOptions { CancellationToken = cancellation }, held =>
        {
            var model = Fit(i => fold[i] != held);
            for (var i = 0; i < examples.Length; i++)
                if (fold[i] == held)
                    scores[i] = model.Scores(examples[i]);
        });
        return new OutOfFold(task, examples, Fit, scores);

        LinearModel Fit(Func<int, bool> rows)
        {
            var varied = variants?.Of([.. utterances.Where((_, i) => rows(i))]) ?? [];
            return LinearModel.Fit(
                task, encoder, [.. examples.Where((_, i) => rows(i)), .. varied.Select(encoder.Encode)], options, cancellation);
        }
    }

    /// <summary>
    /// Calibrated probabilities of an utterance by head, in the form of <see cref="LinearModel.Probabilities(LabelledUtterance)"/>.
    /// </summary>
    public float[][] Probabilities(int utterance) => LinearProbabilities.Of(_task, _scores[utterance], Temperatures);

    /// <summary>One model of all utterances, calibrated by what the folds showed.</summary>
    public LinearModel FitAll() => _fit(_ => true).With(Temperatures);
}
