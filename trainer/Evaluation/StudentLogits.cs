using Edge.Bundles.Decoding;
using Edge.Bundles.Inference;
using Edge.Trainer.Examples;

namespace Edge.Trainer.Evaluation;

/// <summary>The logits of an exported student, through the session that serves.</summary>
internal static class StudentLogits
{
    /// <summary>Runs a session over examples, one utterance a run as in service.</summary>
    /// <returns>By example and head: [outputs], or [tokens × tags].</returns>
    public static IReadOnlyList<float[][]> Compute(
        StudentSession session, IReadOnlyList<TrainingExample> examples, CancellationToken cancellation) =>
        ComputeWithNorms(session, examples, cancellation).Logits;

    /// <summary>The same with the norm of each pooled vector, 0 where the file does not give it out.</summary>
    public static (IReadOnlyList<float[][]> Logits, IReadOnlyList<double> Norms) ComputeWithNorms(
        StudentSession session, IReadOnlyList<TrainingExample> examples, CancellationToken cancellation)
    {
        using var logits = session.CreateLogits();
        var result = new float[examples.Count][][];
        var norms = new double[examples.Count];
        for (var i = 0; i < result.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            session.Run(examples[i].Encoded, logits);
            result[i] = new float[logits.Count][];
            for (var head = 0; head < logits.Count; head++)
                result[i][head] = logits[head].ToArray();
            norms[i] = OutOfScopeMeasures.Norm(logits.Pooled);
        }
        return (result, norms);
    }
}
