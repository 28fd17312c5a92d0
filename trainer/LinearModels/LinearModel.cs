using Edge.Bundles.Tasks;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;

namespace Edge.Trainer.LinearModels;

/// <summary>
/// All heads of a task as linear models over hashed words: trained in seconds, without a vocabulary. They find suspicious labels,
/// and can stand beside a teacher. Trained once, then thread-safe.
/// </summary>
internal sealed class LinearModel
{
    private readonly LinearEncoder _encoder;
    private readonly Func<LinearExample, float[]>?[] _scores; // by head; null where no utterance was annotated

    private LinearModel(
        TaskDefinition task, LinearEncoder encoder, Func<LinearExample, float[]>?[] scores, IReadOnlyList<float> temperatures) =>
        (Task, _encoder, _scores, Temperatures) = (task, encoder, scores, temperatures);

    /// <summary>The heads.</summary>
    public TaskDefinition Task { get; }

    /// <summary>Calibration temperature of each head, 1 where none was set.</summary>
    public IReadOnlyList<float> Temperatures { get; }

    /// <summary>Learns every head from utterances.</summary>
    /// <param name="task">Heads with their final labels.</param>
    /// <param name="utterances">Training set.</param>
    /// <param name="options">Passes, step, seed.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static LinearModel Fit(
        TaskDefinition task, IReadOnlyList<LabelledUtterance> utterances, LinearOptions? options = null,
        CancellationToken cancellation = default)
    {
        var encoder = new LinearEncoder(task);
        return Fit(task, encoder, [.. utterances.Select(encoder.Encode)], options ?? new LinearOptions(), cancellation);
    }

    /// <summary>Learns every head from utterances that are encoded already.</summary>
    public static LinearModel Fit(
        TaskDefinition task, LinearEncoder encoder, IReadOnlyList<LinearExample> examples, LinearOptions options,
        CancellationToken cancellation = default)
    {
        var scores = new Func<LinearExample, float[]>?[task.Heads.Count];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Fit(task.Heads[i], i, examples, options, cancellation);
        return new LinearModel(task, encoder, scores, [.. task.Heads.Select(_ => 1f)]);
    }

    /// <summary>The same model with calibration temperatures.</summary>
    public LinearModel With(IReadOnlyList<float> temperatures) => new(Task, _encoder, _scores, temperatures);

    /// <summary>The same model for some of the heads; the others are as if they had not been learned, and cost nothing.</summary>
    public LinearModel Only(Func<int, bool> heads) =>
        new(Task, _encoder, [.. _scores.Select((score, i) => heads(i) ? score : null)], Temperatures);

    /// <summary>
    /// Scores before calibration: logits by head, [labels], or [words, tags] of a span head; zeros for a head that was not learned.
    /// </summary>
    public float[][] Scores(LinearExample example) =>
        [.. _scores.Select((score, i) => score?.Invoke(example) ?? new float[Width(Task.Heads[i], example)])];

    /// <summary>
    /// Calibrated probabilities by head: of each label (single: they sum to 1; multi: each by itself), the value of a score, and
    /// of each tag at each word, [words, tags].
    /// </summary>
    public float[][] Probabilities(LabelledUtterance utterance) =>
        LinearProbabilities.Of(Task, Scores(_encoder.Encode(utterance)), Temperatures);

    /// <summary>
    /// The same with span heads by token of <paramref name="encoded"/>: [tokens, tags], O for special and context tokens.
    /// </summary>
    public float[][] Probabilities(LabelledUtterance utterance, EncodedUtterance encoded)
    {
        var example = _encoder.Encode(utterance);
        var probabilities = LinearProbabilities.Of(Task, Scores(example), Temperatures);
        for (var i = 0; i < probabilities.Length; i++)
            if (Task.Heads[i].Kind == HeadKind.Span)
                probabilities[i] = LinearProbabilities.ByToken(probabilities[i], Task.Heads[i].OutputCount, example.Words, encoded);
        return probabilities;
    }

    private static int Width(HeadDefinition head, LinearExample example) =>
        head.Kind == HeadKind.Span ? head.OutputCount * example.Tokens.Length : head.OutputCount;

    private static Func<LinearExample, float[]>? Fit(
        HeadDefinition head, int index, IReadOnlyList<LinearExample> examples, LinearOptions options, CancellationToken cancellation)
    {
        switch (head.Kind)
        {
            case HeadKind.Single:
                var labels = examples.Select(example => example.Targets[index].Label).ToArray();
                return labels.All(label => label < 0) ? null : FitLabels(
                    (features, rows,
                        rate) => SoftmaxRegression.Fit(features, [.. labels.Select((label, i) => rows(i) ? label : -1)], head.OutputCount,
                            rate, options, cancellation).Scores,
                    (i, scores) => labels[i] < 0 ? null : LinearMath.CrossEntropy(scores, labels[i]));
            case HeadKind.Span:
                var tags = examples.Select(example => example.Targets[index].Tags).ToArray();
                if (tags.All(sequence => sequence is null))
                    return null;
                var tagger =
                    TokenTagger.Fit([.. examples.Select(example => example.Tokens)], tags, head.OutputCount, options, cancellation);
                return example => tagger.Scores(example.Tokens);
            default:
                var targets = examples.Select(example => example.Targets[index].Values).ToArray();
                return targets.All(values => values is null) ? null : FitLabels(
                    (features, rows,
                        rate) => LogisticRegression.Fit(features, [.. targets.Select((target, i) => rows(i) ? target : null)],
                            head.OutputCount, rate, options, cancellation).Scores,
                    (i, scores) => targets[i] is { } target ? LinearMath.CrossEntropy(scores, target) : null);
        }

        Func<LinearExample, float[]> FitLabels(
            Func<FeatureSet[], Func<int, bool>, double, Func<FeatureSet, float[]>> fit, Func<int, float[], double?> loss)
        {
            var setting = SettingSearch.Choose(examples, Learn, loss);
            return Learn(i => setting.Varied || examples[i].Utterance.Original is null, setting);

            Func<LinearExample, float[]> Learn(Func<int, bool> rows, LinearSetting setting)
            {
                var scores =
                    fit([.. examples.Select(example => example.Features with { HasTriples = setting.Triples })], rows, setting.Rate);
                return example => scores(example.Features with { HasTriples = setting.Triples });
            }
        }
    }
}
