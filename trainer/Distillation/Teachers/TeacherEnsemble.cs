using Edge.Bundles.Tasks;
using Edge.Trainer.Distillation.Terms;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Model;
using Edge.Trainer.Training;
using static TorchSharp.torch;

namespace Edge.Trainer.Distillation.Teachers;

/// <summary>
/// The models that a student is taught by. They differ in what they saw and when, so their errors differ, and their mean is
/// right more often than any of them.
/// </summary>
internal sealed class TeacherEnsemble(IReadOnlyList<BertTaskModel> teachers) : IDisposable
{
    private const double Smallest = 1e-30; // a label held impossible has a logarithm all the same

    /// <summary>What <see cref="Calibrate"/> found, by head; nothing before.</summary>
    public IReadOnlyDictionary<string, float> Temperatures { get; private set; } = new Dictionary<string, float>();

    /// <summary>Utterances that the teachers were asked about so far.</summary>
    public long Asked { get; private set; }

    /// <summary>Sizes of the first teacher: the one whose inside a student may be compared with.</summary>
    public BertConfig Config => teachers[0].Config;

    /// <summary>Weights of the first teacher: the one whose layers a student may start from.</summary>
    public ModelWeights FirstWeights() => ModelParameters.ToWeights(teachers[0]);

    /// <summary>The first teacher's pass with the projections of some layers; without gradient and dropout.</summary>
    public (TaskOutputs Outputs, IReadOnlyDictionary<int, Tensor> Projected) Look(TokenBatch tokens, IReadOnlyCollection<int> layers)
    {
        using var noGrad = no_grad();
        teachers[0].eval();
        return ProjectedCall.Run(teachers[0], tokens, layers);
    }

    /// <summary>
    /// Makes the confidence of heads that choose labels honest: labels that were smoothed leave a teacher less sure than it is right,
    /// and beside a linear model it would count for less than it should.
    /// </summary>
    /// <param name="dev">Utterances that no teacher has learned from.</param>
    /// <param name="context">What the phases share.</param>
    public void Calibrate(EvaluationSet dev, TrainingContext context) =>
        Temperatures = TemperatureFitting.Fit(Posterior(context.Task), dev.Examples, Logits(dev, context));

    /// <summary>How good the answers are that a student learns: what the student is measured against.</summary>
    /// <param name="test">Utterances that no teacher has learned from.</param>
    /// <param name="context">What the phases share.</param>
    public EvaluationReport Measure(EvaluationSet test, TrainingContext context) =>
        Evaluator.Evaluate("teacher", Posterior(context.Task), test, Logits(test, context), Temperatures);

    // The logarithm of what Ask answers, so that it is decoded and calibrated as logits are.
    private IReadOnlyList<float[][]> Logits(EvaluationSet set, TrainingContext context) =>
        ModelLogits.Compute(set.Examples, context, (tokens, encoded) =>
    {
        var answers = Ask(tokens, TextTokens.Of(encoded, (int)tokens.Ids.shape[1], context.Device));
        return [.. answers.Select((answer, i) => Log(context.Task.Heads[i], answer))];
    });

    // Marginals of tags know the transitions already; BIO's own rules remain.
    private static TaskDefinition Posterior(TaskDefinition task) =>
        task with { Heads = [.. task.Heads.Select(head => head with { Transitions = null })] };

    private static Tensor Log(HeadDefinition head, Tensor probabilities) =>
        head.Kind is HeadKind.Single or HeadKind.Span ? probabilities.clamp_min(Scalars.Of(Smallest)).log() : probabilities.logit(1e-7);

    /// <summary>
    /// The teachers' mean answers by head, as probabilities; without gradient and dropout. A mean of logits would be the normalized
    /// product, in which one teacher that is sure outvotes the others; the arithmetic mean's log-loss is never above the teachers'
    /// mean log-loss (Jensen; Lakshminarayanan et al. 2017), and other models can be mixed in with a weight.
    /// </summary>
    /// <param name="tokens">What they read.</param>
    /// <param name="text">Tokens of the utterances themselves, Bool [batch, tokens].</param>
    /// <param name="first">The first teacher's logits where they are known already.</param>
    /// <param name="calibrated">
    /// Whether labels are as probable as they were right on dev, as a comparison needs it. A student learns the answers as they are:
    /// teachers whose labels were smoothed pass that on.
    /// </param>
    /// <returns>[batch, outputs], or [batch, tokens, tags] with zeros outside of the utterances.</returns>
    public IReadOnlyList<Tensor> Ask(TokenBatch tokens, Tensor text, IReadOnlyList<Tensor>? first = null, bool calibrated = false)
    {
        using var noGrad = no_grad();
        Asked += tokens.Ids.shape[0];
        var sums = new Tensor[teachers[0].Task.Heads.Count];
        for (var i = 0; i < teachers.Count; i++)
        {
            teachers[i].eval();
            var logits = i == 0 && first is not null ? first : teachers[i].call(tokens).Logits;
            for (var head = 0; head < sums.Length; head++)
            {
                var probabilities = Probabilities(teachers[i].Task.Heads[head], logits[head], text);
                sums[head] = i == 0 ? probabilities : sums[head].Plus(probabilities);
            }
        }
        var means = Array.ConvertAll(sums, sum => sum.div(Scalars.Of(teachers.Count)));
        return calibrated ? [.. means.Select((mean, i) => Cooled(teachers[0].Task.Heads[i], mean))] : means;
    }

    private static Tensor Probabilities(HeadDefinition head, Tensor logits, Tensor text) => head.Kind switch
    {
        HeadKind.Single => logits.softmax(-1),
        HeadKind.Span => TagSequence.Marginals(head, logits, text),
        _ => logits.sigmoid(),
    };

    private Tensor Cooled(HeadDefinition head, Tensor probabilities) => head.Kind switch
    {
        HeadKind.Single when Temperatures.TryGetValue(head.Name, out var temperature) =>
            Log(head, probabilities).div(Scalars.Of(temperature)).softmax(-1),
        HeadKind.Multi when Temperatures.TryGetValue(head.Name, out var temperature) =>
            Log(head, probabilities).div(Scalars.Of(temperature)).sigmoid(),
        _ => probabilities,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var teacher in teachers)
            teacher.Dispose();
    }
}
