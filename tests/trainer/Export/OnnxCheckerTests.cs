using Edge.Trainer.Export;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Export;

public class OnnxCheckerTests
{
    [Theory]
    [InlineData("Cls")]
    [InlineData("Mean")]
    public void Fp32File_ByTheOnnxPackage_IsValidAndEveryShapeIsInferred(string pooling)
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling) };
        Fp32Exporter.Export(config, Students.EveryKind, Students.Weights(config, Students.EveryKind), folder.File("model.onnx"));

        var (exitCode, output) = OnnxChecker.Check(folder.File("model.onnx"), "--infer-all");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Int8File_ByTheOnnxPackage_IsValid()
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        using var folder = new TemporaryFolder();
        Int8Exporter.Export(Students.Tiny, Students.EveryKind, Students.Weights(Students.Tiny, Students.EveryKind), folder.File("model.onnx"));

        var (exitCode, output) = OnnxChecker.Check(folder.File("model.onnx"));

        Assert.True(exitCode == 0, output);
    }
}
