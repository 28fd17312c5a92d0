using Edge.Bundles;
using Edge.Bundles.Decoding;
using Edge.Bundles.Tasks;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>What tells of each utterance whether it is in scope.</summary>
/// <param name="Confidence">Confidence of the scope's head.</param>
/// <param name="Energy">Energy of its logits.</param>
/// <param name="Norm">Norm of the pooled vector.</param>
internal readonly record struct ScopeMeasures(float Confidence, double Energy, double Norm)
{
    /// <summary>Measures utterances.</summary>
    /// <param name="task">The task; it has a head for the scope.</param>
    /// <param name="examples">The utterances.</param>
    /// <param name="logits">By utterance and head.</param>
    /// <param name="norms">By utterance.</param>
    /// <param name="temperature">Calibration temperature of the scope's head.</param>
    public static ScopeMeasures[] Of(
        TaskDefinition task, IReadOnlyList<TrainingExample> examples, IReadOnlyList<float[][]> logits, IReadOnlyList<double> norms,
        float temperature)
    {
        var index = OutOfScope.HeadIndex(task);
        var result = new ScopeMeasures[examples.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var prediction = HeadDecoder.Decode(task.Heads[index], logits[i][index], examples[i].Encoded, temperature);
            result[i] = new ScopeMeasures(prediction.Confidence,
                OutOfScopeMeasures.Energy(logits[i][index], prediction.Confidence, temperature), norms[i]);
        }
        return result;
    }

    /// <summary>The sum that a bundle makes of them.</summary>
    public double SumBy(OutOfScopeEntry entry) => entry.Sum(Energy, Norm);
}
