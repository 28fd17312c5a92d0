using Edge.Bundles.Tasks;
using Edge.Trainer.Data;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Training;

namespace Edge.Trainer.LinearModels;

/// <summary>What linear models say of utterances that they did not learn from.</summary>
internal sealed class OutOfFold
{
    private readonly TaskDefinition _task;
    private readonly LinearEncoder _encoder;
    private readonly LinearOptions _options;
    private readonly float[][][] _scores;

    private OutOfFold(TaskDefinition task, LinearEncoder encoder, LinearOptions options, IReadOnlyList<LinearExample> examples, float[][][] scores)
    {
        (_task, _encoder, _options, Examples, _scores) = (task, encoder, options, examples, scores);
        // One number a head over the whole set: that it was fitted on what it calibrates changes nothing that could be measured.
        var fitted = TemperatureFitting.Fit(task, [.. examples.Select(example => new TrainingExample(example.Words, example.Targets))], scores);
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
    /// <param name="cancellation">Ends the work early.</param>
    public static OutOfFold Compute(
        TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances, int folds = 5, LinearOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new LinearOptions();
        var encoder = new LinearEncoder(task);
        LinearExample[] examples = [.. utterances.Select(encoder.Encode)];
        var fold = Folds.Assign(utterances, folds, options.Seed);
        var scores = new float[examples.Length][][];
        Parallel.For(0, folds, new ParallelOptions { CancellationToken = cancellation }, held =>
        {
            var model = LinearModel.Fit(task, encoder, [.. examples.Where((_, i) => fold[i] != held)], options, cancellation);
            for (var i = 0; i < examples.Length; i++)
                if (fold[i] == held)
                    scores[i] = model.Scores(examples[i]);
        });
        return new OutOfFold(task, encoder, options, examples, scores);
    }

    /// <summary>Calibrated probabilities of an utterance by head, in the form of <see cref="LinearModel.Probabilities(LabelledUtterance)"/>.</summary>
    public float[][] Probabilities(int utterance) => LinearProbabilities.Of(_task, _scores[utterance], Temperatures);

    /// <summary>One model of all utterances, calibrated by what the folds showed.</summary>
    public LinearModel FitAll(CancellationToken cancellation = default) =>
        LinearModel.Fit(_task, _encoder, Examples, _options, cancellation).With(Temperatures);
}
