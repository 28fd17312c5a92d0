using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Tests.Export;

public class OnnxCheckerTests
{
    private static readonly NgramTable Ngrams = new(Students.EveryKind.Heads, [7, 8], new float[2 * Students.EveryKind.Heads.Sum(head => head.OutputCount)]);

    [Theory]
    [InlineData("Cls", false)]
    [InlineData("Mean", true)]
    public void Fp32File_ByTheOnnxPackage_IsValidAndEveryShapeIsInferred(string pooling, bool hasNgrams)
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling) };
        Fp32Exporter.Export(config, Students.EveryKind, Students.Weights(config, Students.EveryKind), folder.File("model.onnx"), hasNgrams ? Ngrams : null);

        var (exitCode, output) = OnnxChecker.Check(folder.File("model.onnx"), "--infer-all");

        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Int8File_ByTheOnnxPackage_IsValid(bool hasNgrams)
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        using var folder = new TemporaryFolder();
        Int8Exporter.Export(Students.Tiny, Students.EveryKind, Students.Weights(Students.Tiny, Students.EveryKind), folder.File("model.onnx"), hasNgrams ? Ngrams : null);

        var (exitCode, output) = OnnxChecker.Check(folder.File("model.onnx"));

        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [InlineData("Cls", false)]
    [InlineData("Mean", true)]
    public void Fp16File_ByTheOnnxPackage_IsValidAndEveryShapeIsInferred(string pooling, bool hasNgrams)
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling) };
        Fp16Exporter.Export(config, Students.EveryKind, Students.Weights(config, Students.EveryKind), folder.File("model.onnx"), hasNgrams ? Ngrams : null);

        var (exitCode, output) = OnnxChecker.Check(folder.File("model.onnx"), "--infer-all");

        Assert.True(exitCode == 0, output);
    }
}
