using Edge.Bundles;
using Edge.Trainer.Export;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Export;

/// <summary>The files in standard operators beside the one in single precision.</summary>
public class StandardPrecisionTests
{
    [Theory]
    [InlineData(Precision.Fp16, "Cls", 0, 1e-7, 0.005)]
    [InlineData(Precision.Fp16, "Mean", 3, 1e-7, 0.005)]
    [InlineData(Precision.Qdq, "Cls", 0, 1e-6, 0.05)]
    [InlineData(Precision.Qdq, "Mean", 3, 1e-6, 0.05)]
    public void Export_EveryLength_IsNearTheSinglePrecisionFile(string precision, string pooling, int relativePositions, double least, double most)
    {
        using var folder = new TemporaryFolder();
        var (file, fp32) = (folder.File($"{precision}.onnx"), folder.File("fp32.onnx"));
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling), RelativePositions = relativePositions };
        var task = Students.EveryKind;
        var weights = Students.Weights(config, task);
        if (precision == Precision.Fp16)
            Fp16Exporter.Export(config, task, weights, file, null);
        else
            QdqExporter.Export(config, task, weights, file, null, Students.OfEveryLength(config, task));
        Fp32Exporter.Export(config, task, weights, fp32);

        Assert.InRange(Students.RelativeError(file, fp32, config, task), least, most);
        Assert.Equal(new[] { file, fp32 }.Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }
}
