using Edge.Bundles.Tasks;

namespace Edge.Trainer.Evaluation;

/// <summary>Checks that an exported file computes what the trained student computes.</summary>
internal static class LogitsParity
{
    /// <summary>Largest difference of a logit that rounding explains.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Sum of the squared differences of an utterance's logits, all heads together.</summary>
    public static double SquaredError(float[][] found, float[][] expected) =>
        found.Zip(expected).Sum(head => head.First.Zip(head.Second, (a, b) => ((double)a - b) * ((double)a - b)).Sum());

    /// <summary>Compares logits of the same utterances.</summary>
    /// <returns>Largest difference by head.</returns>
    /// <exception cref="InvalidOperationException">A head differs by more than <see cref="Tolerance"/>.</exception>
    public static IReadOnlyDictionary<string, double> Check(
        TaskDefinition task, IReadOnlyList<float[][]> trained, IReadOnlyList<float[][]> exported, string place)
    {
        var differences = task.Heads.Select((head, i) => (head.Name, Largest: Largest(i))).ToDictionary(e => e.Name, e => e.Largest, StringComparer.Ordinal);
        var wrong = differences.Where(e => !(e.Value <= Tolerance)).ToArray();
        return wrong.Length == 0
            ? differences
            : throw new InvalidOperationException(
                $"{place}: its logits differ from the trained student's by {string.Join(", ", wrong.Select(e => $"{e.Value:0.0e+0} ({e.Key})"))}; " +
                $"at most {Tolerance:0.0e+0} is allowed. The export is wrong; no bundle is written.");

        double Largest(int head)
        {
            var largest = 0.0;
            for (var i = 0; i < trained.Count; i++)
            {
                for (var j = 0; j < trained[i][head].Length; j++)
                {
                    var difference = Math.Abs((double)trained[i][head][j] - exported[i][head][j]);
                    if (!(difference <= largest)) // NaN stays
                        largest = difference;
                }
            }
            return largest;
        }
    }
}
