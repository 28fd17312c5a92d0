using Edge.Bundles;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Export.MatMuls;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// Exports the files that a bundle may have besides FP32 and INT8. One that loses too much on dev is left out: no file is better than one
/// that answers something else, and a run does not fail for it.
/// </summary>
/// <param name="data">Dev, which decides.</param>
/// <param name="recipe">Which files there are.</param>
/// <param name="context">Told what is left out.</param>
/// <param name="mixture">N-grams beside the encoder.</param>
/// <param name="floats">The single-precision file, which losses are counted from.</param>
/// <param name="measure">Calibrates and measures a precision once its file is written.</param>
internal sealed class ExtraPrecisions(
    PreparedData data, RunRecipe recipe, TrainingContext context, NgramMixture mixture, ExportedPrecision floats,
    Func<string, ExportedPrecision> measure)
{
    /// <summary>Writes the files.</summary>
    /// <param name="config">Sizes of the student.</param>
    /// <param name="weights">Its weights, with the mixture applied.</param>
    /// <param name="fileOf">The file of a precision.</param>
    /// <returns>What is kept, by precision.</returns>
    public IReadOnlyDictionary<string, ExportedPrecision> Write(BertConfig config, ModelWeights weights, Func<string, string> fileOf)
    {
        var kept = new Dictionary<string, ExportedPrecision>(StringComparer.Ordinal);
        if (recipe.Fp16)
        {
            Add(Precision.Fp16, file =>
            {
                Fp16Exporter.Export(config, data.Task, weights, file, mixture.Table);
                return measure(Precision.Fp16);
            });
        }
        if (recipe.Dynamic)
        {
            Add(Precision.Dynamic, file =>
            {
                var attempts = new IntegerAttempts(
                    Precision.Dynamic, file, inFloats => DynamicExporter.Export(config, data.Task, weights, file, mixture.Table, inFloats),
                    () => measure(Precision.Dynamic), data, floats, context);
                return attempts.WithFewestFloats(EncoderMatMulNames.All(config), attempts.InIntegers());
            });
        }
        return kept;

        void Add(string precision, Func<string, ExportedPrecision> write)
        {
            var file = fileOf(precision);
            string problem;
            try
            {
                var exported = write(file);
                var worst = PrecisionLoss.ByHead(floats.Dev, exported.Dev).MaxBy(head => head.Lost);
                if (!(worst.Lost > PrecisionLoss.Allowed))
                {
                    kept[precision] = exported;
                    return;
                }
                problem = $"head {worst.Head} loses {PrecisionLoss.Points(worst.Lost)} on dev against fp32, and " +
                    $"at most {PrecisionLoss.Points(PrecisionLoss.Allowed)} are allowed";
            }
            catch (InvalidDataException failure) // a number that the precision cannot hold, in a weight or in an answer
            {
                problem = failure.Message;
            }
            File.Delete(file);
            var line = $"{precision}: left out of the bundle: {problem}";
            context.Display.Line(line);
            context.History.Quantization.Add(line);
        }
    }
}
