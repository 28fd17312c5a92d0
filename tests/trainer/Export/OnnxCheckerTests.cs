using Edge.Bundles;
using Edge.Bundles.Tasks;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Export;

public class OnnxCheckerTests
{
    /// <summary>
    /// Every precision, with and without each of: relative positions, which the default student has; n-grams; other heads than one.
    /// </summary>
    public static TheoryData<string, string, int, string, bool> Files
    {
        get
        {
            var files = new TheoryData<string, string, int, string, bool>();
            foreach (var precision in new[] { Precision.Fp32, Precision.Fp16, Precision.Int8, Precision.Dynamic })
            {
                files.Add(precision, nameof(Pooling.Cls), 0, nameof(Students.EveryKind), false);
                files.Add(precision, nameof(Pooling.Mean), 0, nameof(Students.EveryKind), true);
                files.Add(precision, nameof(Pooling.Cls), 3, nameof(Students.EveryKind), true);
                files.Add(precision, nameof(Pooling.Mean), 3, nameof(Students.EveryKind), false);
                files.Add(precision, nameof(Pooling.Cls), 3, nameof(Students.SpanOnly), false);
                files.Add(precision, nameof(Pooling.Mean), 0, nameof(Students.SpanOnly), true);
                files.Add(precision, nameof(Pooling.Mean), 3, nameof(Students.SingleOnly), false);
                files.Add(precision, nameof(Pooling.Cls), 0, nameof(Students.SingleOnly), true);
            }
            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_ByTheOnnxPackage_IsValidAndEveryShapeIsInferred(
        string precision, string pooling, int relativePositions, string heads, bool hasNgrams)
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling), RelativePositions = relativePositions };
        var task = Task(heads);
        Students.Export(
            precision, config, task, Students.Weights(config, task), folder.File("model.onnx"), hasNgrams ? Students.Ngrams(task) : null);

        // The package knows no shapes of ONNX Runtime's own operators, nor of a table that is cut at the length of an input.
        string[] options = precision is Precision.Int8 or Precision.Fp16 ? [] : ["--infer-all"];
        var (exitCode, output) = OnnxChecker.Check(folder.File("model.onnx"), options);

        Assert.True(exitCode == 0, output);
    }

    private static TaskDefinition Task(string heads) => heads switch
    {
        nameof(Students.SpanOnly) => Students.SpanOnly,
        nameof(Students.SingleOnly) => Students.SingleOnly,
        _ => Students.EveryKind,
    };
}
