namespace Edge.Trainer.Training.History;

/// <summary>The curves of one phase, filled while it runs.</summary>
/// <param name="Name">Name of the phase, as the display shows it.</param>
/// <param name="Log">Where the same values go as TensorBoard events; <c>null</c>: nowhere.</param>
internal sealed record PhaseCurves(string Name, TensorBoardLog? Log)
{
    /// <summary>Name of the curve of the weighted sum of the loss terms; with its space no head can have it.</summary>
    public const string TotalLoss = "all terms";

    private readonly Dictionary<string, CurveSeries> _losses = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>Loss terms in the order in which they first occurred, the weighted sum first.</summary>
    public IEnumerable<(string Name, CurveSeries Series)> Losses => _order.Select(name => (name, _losses[name]));

    /// <summary>Scores on the dev set, 0 to 1: the mean of the heads' main figures.</summary>
    public CurveSeries DevScore { get; } = new();

    /// <summary>Negative log-likelihood on the dev set, summed over the heads.</summary>
    public CurveSeries DevLoss { get; } = new();

    /// <summary>Peak-scaled learning rate.</summary>
    public CurveSeries LearningRate { get; } = new();

    /// <summary>Tokens trained a second since the start of the phase, evaluations included in the time.</summary>
    public CurveSeries TokensPerSecond { get; } = new();

    /// <summary>Takes the readings of a step.</summary>
    /// <param name="step">Step of the phase, from 0.</param>
    /// <param name="terms">Loss terms before weighting.</param>
    /// <param name="total">Their weighted sum.</param>
    /// <param name="learningRate">Learning rate of the step.</param>
    /// <param name="tokensPerSecond">Tokens trained a second.</param>
    public void Step(long step, IReadOnlyList<(string Name, double Value)> terms, double total, double learningRate, double tokensPerSecond)
    {
        Loss(TotalLoss, step, total);
        // A single term of weight 1 is the total itself.
        if (terms.Count > 1 || terms[0].Value != total)
        {
            foreach (var (name, value) in terms)
                Loss(name, step, value);
        }
        LearningRate.Add(step, learningRate);
        Log?.Scalar(Name, "learning rate", step, learningRate);
        if (double.IsFinite(tokensPerSecond))
        {
            TokensPerSecond.Add(step, tokensPerSecond);
            Log?.Scalar(Name, "tokens per second", step, tokensPerSecond);
        }
    }

    /// <summary>Takes an evaluation on the dev set.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="score">Mean of the heads' main figures, 0 to 1.</param>
    /// <param name="loss">Negative log-likelihood.</param>
    public void Evaluation(long step, double score, double loss)
    {
        DevScore.Add(step, score);
        DevLoss.Add(step, loss);
        Log?.Scalar(Name, "dev/score", step, score);
        Log?.Scalar(Name, "dev/loss", step, loss);
    }

    /// <summary>Puts back what another process of the same run recorded.</summary>
    public void Restore(PhaseRecord record)
    {
        foreach (var loss in record.Losses)
        {
            _losses[loss.Name] = new CurveSeries();
            _order.Add(loss.Name);
            _losses[loss.Name].Restore(loss);
        }
        DevScore.Restore(record.DevScore);
        DevLoss.Restore(record.DevLoss);
    }

    private void Loss(string name, long step, double value)
    {
        if (!_losses.TryGetValue(name, out var series))
        {
            _losses[name] = series = new CurveSeries();
            _order.Add(name);
        }
        series.Add(step, value);
        Log?.Scalar(Name, "loss/" + name, step, value);
    }
}
