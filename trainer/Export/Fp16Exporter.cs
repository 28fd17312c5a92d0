using Edge.Bundles.Tasks;
using Edge.Trainer.Export.Graph;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Export;

/// <summary>
/// Writes a student in half precision with standard operators only, for CUDA: the single-precision file's inputs and outputs, half its
/// size.
/// </summary>
internal static class Fp16Exporter
{
    /// <summary>Writes the file.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="task">Heads.</param>
    /// <param name="weights">Weights of the student.</param>
    /// <param name="path">The file.</param>
    /// <param name="ngrams">Scores of n-grams that are added to the logits; <c>null</c>: none.</param>
    /// <exception cref="InvalidDataException">Weights are missing, misshapen, not finite or beyond the range of half precision
    /// (65,504).</exception>
    public static void Export(BertConfig config, TaskDefinition task, ModelWeights weights, string path, NgramTable? ngrams)
    {
        try
        {
            Fp32Exporter.Export(config, task, weights, path, ngrams, floats: DataType.Float16);
        }
        catch (GraphException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }
}
