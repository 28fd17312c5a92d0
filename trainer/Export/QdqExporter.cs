using Edge.Bundles.Tasks;
using Edge.Trainer.Export.MatMuls;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Export;

/// <summary>
/// Writes a student in 8-bit integers with standard operators only, for runtimes other than ONNX Runtime's CPU provider: the single-precision
/// file's inputs and outputs, batch and length free. Scales of activations are fixed, so that utterances of a batch do not change each other.
/// </summary>
internal static class QdqExporter
{
    /// <summary>Writes the file.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="task">Heads.</param>
    /// <param name="weights">Weights of the student.</param>
    /// <param name="path">The file.</param>
    /// <param name="ngrams">Scores of n-grams that are added to the logits; <c>null</c>: none.</param>
    /// <param name="scales">Scales of activations (<see cref="ActivationScales"/>).</param>
    /// <param name="inFloats">Of <see cref="EncoderMatMulNames"/>, those that stay in single precision; <c>null</c>: none.</param>
    /// <exception cref="InvalidDataException">Weights are missing, misshapen or not finite.</exception>
    public static void Export(
        BertConfig config, TaskDefinition task, ModelWeights weights, string path, NgramTable? ngrams, IReadOnlyDictionary<string, float> scales, IReadOnlySet<string>? inFloats = null) =>
        Fp32Exporter.Export(config, task, weights, path, ngrams, new QuantizedMatMuls(scales, inFloats));
}
