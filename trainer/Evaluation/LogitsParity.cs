using Edge.Bundles.Common;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>Checks that an exported file computes what the trained student computes.</summary>
internal static class LogitsParity
{
    /// <summary>Largest difference of a logit that rounding explains, where the logit is of usual size.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>
    /// What rounding explains beyond that, by the logit's size: n-grams of hundreds of tokens add up to logits of hundreds.
    /// </summary>
    public const double RelativeTolerance = 1e-6;

    /// <summary>Sum of the squared differences of an utterance's logits, all heads together.</summary>
    public static double SquaredError(float[][] found, float[][] expected) =>
        found.Zip(expected).Sum(head => head.First.Zip(head.Second, (a, b) => ((double)a - b) * ((double)a - b)).Sum());

    /// <summary>Compares logits of the same utterances.</summary>
    /// <returns>Largest difference by head.</returns>
    /// <exception cref="InvalidOperationException">A logit differs by more than <see cref="Tolerance"/> + <see cref="RelativeTolerance"/> ·
    /// its size.</exception>
    public static IReadOnlyDictionary<string, double> Check(
        TaskDefinition task, IReadOnlyList<float[][]> trained, IReadOnlyList<float[][]> exported, string place)
    {
        var heads = task.Heads.Select((head, i) => (head.Name, Found: Compare(i))).ToArray();
        var wrong = heads.Where(head => !head.Found.IsRounding).ToArray();
        return wrong.Length == 0
            ? heads.ToDictionary(head => head.Name, head => head.Found.Largest, StringComparer.Ordinal)
            : throw new UserException(ExitCode.Refused,
                $"{place}: its logits differ from the trained " +
                $"student's by {string.Join(", ", wrong.Select(head => $"{head.Found.Largest:0.0e+0} ({head.Name})"))}; " +
                $"at most {Tolerance:0.0e+0} is allowed. The export is wrong; no bundle is written.");

        (double Largest, bool IsRounding) Compare(int head)
        {
            var (largest, isRounding) = (0.0, true);
            for (var i = 0; i < trained.Count; i++)
            {
                for (var j = 0; j < trained[i][head].Length; j++)
                {
                    var difference = Math.Abs((double)trained[i][head][j] - exported[i][head][j]);
                    if (!(difference <= largest)) // NaN stays
                        largest = difference;
                    isRounding &= difference <= Tolerance + (RelativeTolerance * Math.Abs((double)trained[i][head][j]));
                }
            }
            return (largest, isRounding);
        }
    }
}
