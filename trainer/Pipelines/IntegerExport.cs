using Edge.Bundles;
using Edge.Trainer.Distillation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Export.MatMuls;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// Exports the INT8 file: 1. the student as it is; where a head loses too much, 2. after quantization-aware training; 3. with the MatMuls
/// that suffer most in floats. What was tried stands in the log, in <c>run.json</c> and in the report.
/// </summary>
/// <param name="data">Training utterances, and dev, which decides.</param>
/// <param name="recipe">How quantization-aware training is done.</param>
/// <param name="context">What the phases shared.</param>
/// <param name="mixture">N-grams beside the encoder.</param>
/// <param name="floats">The single-precision file.</param>
/// <param name="measure">Calibrates and measures the file once it is written.</param>
internal sealed class IntegerExport(
    PreparedData data, RunRecipe recipe, TrainingContext context, NgramMixture mixture, ExportedPrecision floats,
    Func<ExportedPrecision> measure)
{
    /// <summary>Writes the file.</summary>
    /// <param name="student">The student.</param>
    /// <param name="weights">Its weights, with the mixture applied.</param>
    /// <param name="file">The file.</param>
    /// <returns>What was measured.</returns>
    public ExportedPrecision Write(BertTaskModel student, ModelWeights weights, string file)
    {
        var attempts = new IntegerAttempts(
            Precision.Int8, file, inFloats => Int8Exporter.Export(student.Config, data.Task, weights, file, mixture.Table, inFloats),
            measure, data, floats, context);

        // 1. As it is
        var best = attempts.InIntegers();

        // 2. Quantization-aware training
        if (!(best.Lost <= PrecisionLoss.Allowed) && recipe.QuantizationAwareEpochs > 0)
        {
            var asItWas = weights;
            weights = mixture.Apply(QuantizationAwareTraining.Train(
                student, data.Train, new DevSet(data.Dev), recipe.QuantizationAware,
                new PhaseLimit(recipe.QuantizationAwareEpochs, TimeSpan.MaxValue), context));
            var trained = attempts.Attempt(IntegerAttempts.None);
            attempts.Tried($"quantization-aware training: {PrecisionLoss.Points(trained.Lost)}");
            if (trained.Lost >= best.Lost)
                weights = asItWas;
            else
                best = trained;
        }

        // 3. Some MatMuls in floats
        return attempts.WithFewestFloats(EncoderMatMulNames.All(student.Config), best);
    }
}
