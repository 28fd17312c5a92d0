using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>
/// Temperature scaling (Guo et al. 2017): one number a head that makes confidences honest and changes no answer of a
/// <c>single</c> head. Found by golden-section search over its logarithm; the likelihood has one minimum there. Of few utterances that are
/// all answered rightly any lower temperature is likelier: so its logarithm is expected to be near 0 beforehand, which a hundred decisions
/// outweigh.
/// </summary>
internal static class TemperatureFitting
{
    /// <summary>Lowest and highest temperature tried.</summary>
    public const double Lowest = 0.1, Highest = 10;

    private const double Deviation = 1; // of the logarithm of the temperature, beforehand
    private const int Steps = 32; // narrows ln 100 to 1e-6

    /// <summary>The temperature of each head that has decisions to calibrate; 1 for scores.</summary>
    public static IReadOnlyDictionary<string, float> Fit(
        TaskDefinition task, IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[][]> logits) =>
        task.Heads.Select((head, i) => (head.Name, Temperature: Fit(head, i, examples, logits)))
            .ToDictionary(e => e.Name, e => (float)e.Temperature, StringComparer.Ordinal);

    /// <summary>The temperature of one head.</summary>
    public static double Fit(HeadDefinition head, int headIndex, IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[][]> logits)
    {
        var annotated = examples.Any(example => example.Targets[headIndex] != HeadTarget.None);
        if (head.Kind == HeadKind.Score || !annotated)
            return 1;
        return Math.Exp(GoldenSection.Minimize(
            logT => HeadLikelihood.NegativeLogs(head, headIndex, examples, logits, Math.Exp(logT), out _)
                .Sum() + (logT * logT / (2 * Deviation * Deviation)), Math.Log(Lowest), Math.Log(Highest), Steps));
    }
}
