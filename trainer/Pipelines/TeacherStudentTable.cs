using System.Diagnostics;
using System.Globalization;
using Edge.Bundles;
using Edge.Bundles.Inference;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Training;

namespace Edge.Trainer.Pipelines;

/// <summary>
/// What distillation and quantization kept and gained: the teacher, the student in single precision, and the student in 8 bits, by
/// accuracy on test, size, and time of an answer. The teacher is exported as the student is, so that the same runtime serves both.
/// </summary>
internal static class TeacherStudentTable
{
    // Enough for a median that two runs agree on; a second or two of a teacher four layers deep.
    private const int TimedUtterances = 200;

    /// <summary>The table, a line a model, and a sentence below it.</summary>
    /// <param name="teacher">Sizes of a teacher.</param>
    /// <param name="teachers">How many there are; they answer one after the other.</param>
    /// <param name="bundle">Folder of the bundle.</param>
    /// <param name="reports">Its figures on test by precision.</param>
    /// <param name="data">Whose test utterances are timed.</param>
    /// <param name="context">Has the teachers' figures.</param>
    /// <param name="temporary">Folder for the teacher's file.</param>
    public static IEnumerable<string> Lines(
        BertConfig teacher, int teachers, string bundle, IReadOnlyDictionary<string, EvaluationReport> reports, PreparedData data,
        TrainingContext context, string temporary)
    {
        var file = Path.Combine(temporary, "teacher.onnx");
        using (var model = new BertTaskModel(teacher, data.Task, context.Compute)) // size and time do not depend on what the weights are
            Fp32Exporter.Export(teacher, data.Task, ModelParameters.ToWeights(model), file);
        string[] files =
            [file, .. new[] { Precision.Fp32, Precision.Int8 }.Select(precision => Path.Combine(bundle, BundleFiles.Model(precision)))];
        var times = Times(files, data, context.Cancellation);
        var name = teachers == 1 ? "teacher" : $"{teachers} teachers";
        return Format(
        [
            new Row(name, context.History.Teacher!, teachers * Size(files[0]), teachers * times[0]),
            new Row("student, FP32", reports[Precision.Fp32], Size(files[1]), times[1]),
            new Row("student, INT8", reports[Precision.Int8], Size(files[2]), times[2]),
        ]);

        static double Size(string path) => new FileInfo(path).Length / 1e6;
    }

    /// <summary>A line of the table.</summary>
    /// <param name="Name">The model.</param>
    /// <param name="Report">Its figures on test.</param>
    /// <param name="Megabytes">Its file, in 10^6 bytes.</param>
    /// <param name="Milliseconds">Median time of an answer, one thread.</param>
    internal sealed record Row(string Name, EvaluationReport Report, double Megabytes, double Milliseconds);

    /// <summary>Writes rows below each other; the first is the teacher, the last one what serves.</summary>
    internal static IEnumerable<string> Format(IReadOnlyList<Row> rows)
    {
        var heads = rows[0].Report.Heads.Select(head => head.Name).ToArray();
        var whole = heads.Length > 1 && !double.IsNaN(rows[0].Report.SentenceAccuracy);
        List<string[]> cells = [["on test", .. heads, .. whole ? ["all heads"] : Array.Empty<string>(), "size", "an answer"]];
        foreach (var row in rows)
        {
            cells.Add(
            [
                row.Name, .. heads.Select(head => row.Report.Head(head) is { } report ? PerCent(report.Score) : ""),
                .. whole ? [PerCent(row.Report.SentenceAccuracy)] : Array.Empty<string>(),
                Text($"{row.Megabytes:0.0} MB"), Text($"{row.Milliseconds:0.00} ms"),
            ]);
        }
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(line => line[column].Length)).ToArray();
        foreach (var line in cells)
            yield return string.Join(
                "  ", line.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])));
        yield return Sentence(rows[0], rows[^1]);
    }

    private static string Sentence(Row teacher, Row student)
    {
        var (before, after) = (Main(teacher.Report), Main(student.Report));
        var kept = after >= before
            ? Text($"The student answers {(after - before) * 100:0.0} points more utterances right than its teacher")
            : Text($"The student keeps {after / before * 100:0.0} % of what its teacher gets right");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kept}, in {student.Megabytes / teacher.Megabytes * 100:0} % of the size, " +
            $"{teacher.Milliseconds / student.Milliseconds:0.0} times as fast.");

        static double Main(EvaluationReport report) => double.IsNaN(report.SentenceAccuracy) ? report.Score : report.SentenceAccuracy;
    }

    // Medians of turns: a machine that is busy for a moment is busy for all.
    private static double[] Times(string[] files, PreparedData data, CancellationToken cancellation)
    {
        var sessions = files.Select(file => StudentSession.Open(file, data.Task.Heads)).ToArray();
        var logits = sessions.Select(session => session.CreateLogits()).ToArray();
        try
        {
            var utterances = data.Test.Examples.Take(TimedUtterances).ToArray();
            var times = sessions.Select(_ => new double[utterances.Length]).ToArray();
            for (var round = 0; round < 2; round++) // the first one warms up
            {
                for (var i = 0; i < utterances.Length; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    for (var side = 0; side < sessions.Length; side++)
                    {
                        var start = Stopwatch.GetTimestamp();
                        sessions[side].Run(utterances[i].Encoded, logits[side]);
                        times[side][i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    }
                }
            }
            return [.. times.Select(side => side.Order().ElementAt(side.Length / 2))];
        }
        finally
        {
            foreach (var buffers in logits)
                buffers.Dispose();
            foreach (var session in sessions)
                session.Dispose();
        }
    }

    private static string PerCent(double share) => double.IsNaN(share) ? "" : Text($"{share * 100:0.0} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
