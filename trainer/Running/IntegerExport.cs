using Edge.Bundles.Inference;
using Edge.Trainer.Distillation;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using Edge.Trainer.Training;

namespace Edge.Trainer.Running;

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
    private static readonly HashSet<string> None = [];

    /// <summary>Writes the file.</summary>
    /// <param name="student">The student.</param>
    /// <param name="weights">Its weights, with the mixture applied.</param>
    /// <param name="file">The file.</param>
    /// <returns>What was measured.</returns>
    public ExportedPrecision Write(BertTaskModel student, ModelWeights weights, string file)
    {
        // 1. As it is
        var (exported, lost) = Attempt(None);
        if (lost <= PrecisionLoss.Allowed)
            return exported;
        Tried($"every product in 8 bits: a head loses {PrecisionLoss.Points(lost)} on dev; at most {PrecisionLoss.Points(PrecisionLoss.Allowed)} are allowed");

        // 2. Trained for 8 bits
        if (recipe.EightBitEpochs > 0)
        {
            var asItWas = weights;
            weights = mixture.Apply(EightBitTraining.Train(
                student, data.Train, new DevSet(data.Dev), recipe.EightBit, new PhaseLimit(recipe.EightBitEpochs, TimeSpan.MaxValue), context));
            var (trained, lostThen) = Attempt(None);
            Tried($"trained for 8 bits: {PrecisionLoss.Points(lostThen)}");
            if (lostThen <= PrecisionLoss.Allowed)
                return trained;
            if (lostThen >= lost)
                weights = asItWas;
        }

        // 3. Some products in floats
        return SensitiveProducts.Search(Int8Exporter.Products(student.Config), Attempt, Error, PrecisionLoss.Allowed, Tried);

        (ExportedPrecision, double) Attempt(IReadOnlySet<string> inFloats)
        {
            Export(inFloats);
            var measured = measure();
            return (measured, PrecisionLoss.Worst(floats.Dev, measured.Dev));
        }

        double Error(IReadOnlySet<string> inFloats)
        {
            Export(inFloats);
            using var session = StudentSession.Open(file, data.Task.Heads);
            return StudentLogits.Compute(session, data.Dev.Examples, context.Cancellation).Zip(floats.DevLogits).Sum(pair => LogitsParity.SquaredError(pair.First, pair.Second));
        }

        void Export(IReadOnlySet<string> inFloats) => Int8Exporter.Export(student.Config, data.Task, weights, file, mixture.Table, inFloats);

        void Tried(string line)
        {
            context.Display.Line($"int8: {line}");
            context.History.Quantization.Add(line);
        }
    }
}
