using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Tests.Export;

public class OnnxCheckerTests
{
    private static readonly NgramTable Ngrams = new(Students.EveryKind.Heads, [7, 8], new float[2 * Students.EveryKind.Heads.Sum(head => head.OutputCount)]);

    [Theory]
    [InlineData("Cls", false, false)]
    [InlineData("Mean", true, false)]
    [InlineData("Cls", false, true)]
    [InlineData("Mean", true, true)]
    public void FloatFile_ByTheOnnxPackage_IsValidAndEveryShapeIsInferred(string pooling, bool hasNgrams, bool areHalves)
    {
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling) };
        Fp32Exporter.Export(config, Students.EveryKind, Students.Weights(config, Students.EveryKind), folder.File("model.onnx"), hasNgrams ? Ngrams : null, floats: areHalves ? DataType.Float16 : DataType.Float);

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
}
