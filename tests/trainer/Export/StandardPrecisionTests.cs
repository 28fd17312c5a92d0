using Edge.Bundles;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Onnx;

namespace Edge.Trainer.Tests.Export;

/// <summary>The files in standard operators beside the one in single precision.</summary>
public class StandardPrecisionTests
{
    [Theory]
    [InlineData(Precision.Fp16, "Cls", 0, 1e-7, 0.005)]
    [InlineData(Precision.Fp16, "Mean", 3, 1e-7, 0.005)]
    [InlineData(Precision.Dynamic, "Cls", 0, 1e-6, 0.1)]
    [InlineData(Precision.Dynamic, "Mean", 3, 1e-6, 0.1)]
    public void Export_EveryLength_IsNearTheSinglePrecisionFile(
        string precision, string pooling, int relativePositions, double least, double most)
    {
        using var folder = new TemporaryFolder();
        var (file, fp32) = (folder.File($"{precision}.onnx"), folder.File("fp32.onnx"));
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling), RelativePositions = relativePositions };
        var task = Students.EveryKind;
        var weights = Students.Weights(config, task);
        Students.Export(precision, config, task, weights, file);
        Fp32Exporter.Export(config, task, weights, fp32);

        Assert.InRange(Students.RelativeError(file, fp32, config, task), least, most);
        Assert.Equal(new[] { file, fp32 }.Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Precision.Dynamic, "DynamicQuantizeLinear", 0)]
    [InlineData(Precision.Dynamic, "DynamicQuantizeLinear", 3)]
    public void Export_Integers_HasStandardOperatorsAndNoFloatMatrixOfTheEncoder(string precision, string rounding, int relativePositions)
    {
        using var folder = new TemporaryFolder();
        var (config, task, file) =
            (Students.Tiny with { RelativePositions = relativePositions }, Students.EveryKind, folder.File("integers.onnx"));
        Students.Export(precision, config, task, Students.Weights(config, task), file, Students.Ngrams(task));

        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file)).Graph;
        Assert.All(graph.Node, node => Assert.Equal("", node.Domain));
        Assert.DoesNotContain(graph.Initializer,
            constant => constant.Name.StartsWith("encoder.", StringComparison.Ordinal)
                && constant.Name.EndsWith("dense.weight", StringComparison.Ordinal));
        // Query, key and value share one rounding: four a layer.
        Assert.Equal(4 * config.Layers, graph.Node.Count(node => node.OpType == rounding));
    }

    [Theory]
    [InlineData(Precision.Dynamic, "DynamicQuantizeLinear")]
    public void Export_ProductsInFloats_AreTheOnlyOnesInFloats(string precision, string rounding)
    {
        using var folder = new TemporaryFolder();
        var (config, task, file) = (Students.Tiny, Students.EveryKind, folder.File("integers.onnx"));
        string[] chosen = ["encoder/layer/0/attention/self", "encoder/layer/1/output/dense"];

        Students.Export(precision, config, task, Students.Weights(config, task), file, inFloats: chosen.ToHashSet());

        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file)).Graph;
        Assert.Equal((4 * config.Layers) - chosen.Length, graph.Node.Count(node => node.OpType == rounding));
        Assert.Equal(
            new[] { "query", "key", "value" }.Select(part => $"encoder.layer.0.attention.self.{part}.weight")
                .Append("encoder.layer.1.output.dense.weight").Order(),
            graph.Initializer
                .Where(constant => constant.DataType == (int)TensorProto.Types.DataType.Float && constant.Dims.Count == 2
                    && constant.Name.StartsWith("encoder.", StringComparison.Ordinal))
                .Select(constant => constant.Name).Order());
    }

    [Theory]
    [InlineData(Precision.Fp16, 0.01)]
    [InlineData(Precision.Int8, 0.15)]
    [InlineData(Precision.Dynamic, 0.15)]
    public void Export_MaximumLength512_IsNearTheSinglePrecisionFile(string precision, double most)
    {
        using var folder = new TemporaryFolder();
        var (file, fp32) = (folder.File($"{precision}.onnx"), folder.File("fp32.onnx"));
        var config = Students.Tiny with { MaxPositions = 512, RelativePositions = 16 };
        var task = Students.EveryKind with { MaxLength = 512 };
        var weights = Students.Weights(config, task);
        Students.Export(precision, config, task, weights, file);
        Fp32Exporter.Export(config, task, weights, fp32);

        Assert.InRange(Students.RelativeError(file, fp32, config, task), 1e-7, most);
    }
}
