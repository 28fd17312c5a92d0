using Edge.Bundles.Inference;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// Attempts to write a file in 8 bits that loses little, some of its MatMuls in floats if need be. What was tried stands in the log, in
/// <c>run.json</c> and in the report.
/// </summary>
/// <param name="precision">Name of the precision.</param>
/// <param name="file">The file.</param>
/// <param name="export">Writes it, with the named MatMuls in floats.</param>
/// <param name="measure">Calibrates and measures it once it is written.</param>
/// <param name="data">Dev decides.</param>
/// <param name="floats">The single-precision file, which losses are counted from.</param>
/// <param name="context">Told what was tried.</param>
internal sealed class IntegerAttempts(
    string precision, string file, Action<IReadOnlySet<string>> export, Func<ExportedPrecision> measure, PreparedData data,
    ExportedPrecision floats, TrainingContext context)
{
    /// <summary>No MatMul in floats.</summary>
    public static readonly IReadOnlySet<string> None = new HashSet<string>();

    /// <summary>With every MatMul in integers; a loss that is not allowed is told.</summary>
    /// <returns>What was measured, and what the worst head loses on dev, 0 to 1.</returns>
    public (ExportedPrecision Exported, double Lost) InIntegers()
    {
        var (exported, lost) = Attempt(None);
        if (lost > PrecisionLoss.Allowed)
            Tried($"every MatMul in 8 bits: a head loses {PrecisionLoss.Points(lost)} on dev; " +
                $"at most {PrecisionLoss.Points(PrecisionLoss.Allowed)} are allowed");
        return (exported, lost);
    }

    /// <summary>With as few MatMuls in floats as it takes.</summary>
    /// <param name="matMuls">Names of all MatMuls.</param>
    /// <param name="start">What was measured without any; it is taken where it loses no more than is allowed.</param>
    public ExportedPrecision WithFewestFloats(IReadOnlyList<string> matMuls, (ExportedPrecision Exported, double Lost) start) =>
        SensitiveMatMuls.Search(matMuls, start, Attempt, Error, PrecisionLoss.Allowed, Tried);

    /// <summary>Exports and measures.</summary>
    public (ExportedPrecision Exported, double Lost) Attempt(IReadOnlySet<string> inFloats)
    {
        export(inFloats);
        var measured = measure();
        return (measured, PrecisionLoss.Worst(floats.Dev, measured.Dev));
    }

    /// <summary>Tells what was tried and what it gave.</summary>
    public void Tried(string line)
    {
        context.Display.Line($"{precision}: {line}");
        context.History.Quantization.Add(precision == Bundles.Precision.Int8 ? line : $"{precision}: {line}");
    }

    private double Error(IReadOnlySet<string> inFloats)
    {
        export(inFloats);
        using var session = StudentSession.Open(file, data.Task.Heads);
        return StudentLogits.Compute(session, data.Dev.Examples, context.Cancellation).Zip(floats.DevLogits)
            .Sum(pair => LogitsParity.SquaredError(pair.First, pair.Second));
    }
}
