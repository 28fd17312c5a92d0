using Edge.Bundles.Tasks;
using Edge.Trainer.Export.MatMuls;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Export;

/// <summary>
/// Writes a student in 8-bit integers with standard operators only, for ONNX Runtime's CPU provider in other programs: the single-precision
/// file's inputs and outputs, batch and length free. Ranges are those of the batch, so utterances beside each other change each other a
/// little.
/// </summary>
internal static class DynamicExporter
{
    /// <summary>Writes the file.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="task">Heads.</param>
    /// <param name="weights">Weights of the student.</param>
    /// <param name="path">The file.</param>
    /// <param name="ngrams">Scores of n-grams that are added to the logits; <c>null</c>: none.</param>
    /// <param name="inFloats">Of <see cref="EncoderMatMulNames"/>, those that stay in single precision; <c>null</c>: none.</param>
    /// <exception cref="InvalidDataException">Weights are missing, misshapen or not finite.</exception>
    public static void Export(
        BertConfig config, TaskDefinition task, ModelWeights weights, string path, NgramTable? ngrams,
        IReadOnlySet<string>? inFloats = null) =>
        Fp32Exporter.Export(config, task, weights, path, ngrams, new DynamicMatMuls(inFloats));
}
