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
/// Exports the 8-bit file: 1. the student as it is; where a head loses too much, 2. trained for 8 bits; 3. with the products that suffer
/// most in floats. What was tried stands in the log, in <c>run.json</c> and in the report.
/// </summary>
/// <param name="data">Training utterances, and dev, which decides.</param>
/// <param name="recipe">How it is trained for 8 bits.</param>
/// <param name="context">What the phases shared.</param>
/// <param name="mixture">N-grams beside the encoder.</param>
/// <param name="floats">The single-precision file.</param>
/// <param name="measure">Calibrates and measures the file once it is written.</param>
internal sealed class IntegerExport(
    PreparedData data, RunRecipe recipe, TrainingContext context, NgramMixture mixture, ExportedPrecision floats, Func<ExportedPrecision> measure)
{
    /// <summary>Writes the file.</summary>
    /// <param name="student">The student.</param>
    /// <param name="weights">Its weights, with the mixture applied.</param>
    /// <param name="file">The file.</param>
    /// <returns>What was measured.</returns>
    public ExportedPrecision Write(BertTaskModel student, ModelWeights weights, string file)
    {
        var attempts = new IntegerAttempts(
            Precision.Int8, file, inFloats => Int8Exporter.Export(student.Config, data.Task, weights, file, mixture.Table, inFloats), measure, data, floats, context);

        // 1. As it is
        var best = attempts.InIntegers();

        // 2. Trained for 8 bits
        if (!(best.Lost <= PrecisionLoss.Allowed) && recipe.EightBitEpochs > 0)
        {
            var asItWas = weights;
            weights = mixture.Apply(EightBitTraining.Train(
                student, data.Train, new DevSet(data.Dev), recipe.EightBit, new PhaseLimit(recipe.EightBitEpochs, TimeSpan.MaxValue), context));
            var trained = attempts.Attempt(IntegerAttempts.None);
            attempts.Tried($"trained for 8 bits: {PrecisionLoss.Points(trained.Lost)}");
            if (trained.Lost >= best.Lost)
                weights = asItWas;
            else
                best = trained;
        }

        // 3. Some products in floats
        return attempts.WithFewestFloats(EncoderProductNames.All(student.Config), best);
    }
}
