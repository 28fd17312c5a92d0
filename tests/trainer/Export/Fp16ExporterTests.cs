using Edge.Bundles.Inference;
using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Edge.Trainer.Tests.Export;

public class Fp16ExporterTests
{
    [Fact]
    public void Export_StandardOperators_StoresHalvesAndAnswersInFloats()
    {
        using var folder = new TemporaryFolder();
        var (config, task) = (Students.Tiny with { RelativePositions = 3 }, Students.EveryKind);
        var weights = Students.Weights(config, task);
        Fp16Exporter.Export(config, task, weights, folder.File("fp16.onnx"), Students.Ngrams(task));
        Fp32Exporter.Export(config, task, weights, folder.File("fp32.onnx"), Students.Ngrams(task));

        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("fp16.onnx")));

        Assert.Equal("", Assert.Single(model.OpsetImport).Domain);
        Assert.All(model.Graph.Initializer, constant => Assert.NotEqual((int)DataType.Float, constant.DataType));
        // The encoder computes in halves; pooler, heads and sums of n-grams do not.
        var floats = model.Graph.ValueInfo.Where(value => value.Type.TensorType.ElemType == (int)DataType.Float)
            .Select(value => value.Name);
        Assert.All(floats, name => Assert.DoesNotContain("encoder/layer", name, StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Repeat((int)DataType.Float, 4),
            model.Graph.ValueInfo.Where(value => value.Name is "heads/encoder" or "pooler/dense" or "ngrams/scores" or "ngrams/utterance")
                .Select(value => value.Type.TensorType.ElemType));
        Assert.Equal(
            task.Heads.Select(head => head.Name).Append(ModelSignature.PooledOutput).Order(),
            model.Graph.Output.Select(output => output.Name).Order());
        Assert.All(model.Graph.Output, output => Assert.Equal((int)DataType.Float, output.Type.TensorType.ElemType));
        // names weigh in a model this small
        Assert.InRange((double)new FileInfo(folder.File("fp16.onnx")).Length / new FileInfo(folder.File("fp32.onnx")).Length, 0.4, 0.8);
    }

    [Fact]
    public void Export_WeightBeyondHalfPrecision_NamesIt()
    {
        using var folder = new TemporaryFolder();
        var (config, task) = (Students.Tiny, Students.EveryKind);
        var weights = Students.Weights(config, task).ToDictionary(StringComparer.Ordinal);
        var bias = weights["pooler.dense.bias"];
        weights["pooler.dense.bias"] = bias with { Values = [70000, .. bias.Values[1..]] };

        var failure = Assert.Throws<InvalidDataException>(() => Fp16Exporter.Export(config, task, weights, folder.File("fp16.onnx"), null));

        Assert.Equal("constant pooler.dense.bias: 70000 does not fit into half precision; its largest number is 65500.", failure.Message);
        Assert.False(File.Exists(folder.File("fp16.onnx")));
    }

    [Theory]
    [InlineData(nameof(Pooling.Cls), 0, false)]
    [InlineData(nameof(Pooling.Mean), 3, true)]
    public void Export_EveryNode_HasAKernelForCuda(string pooling, int relativePositions, bool hasNgrams)
    {
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling), RelativePositions = relativePositions };
        var task = Students.EveryKind;
        Fp16Exporter.Export(
            config, task, Students.Weights(config, task), folder.File("fp16.onnx"), hasNgrams ? Students.Ngrams(task) : null);

        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("fp16.onnx")));

        Assert.Empty(CudaKernels.Missing(model));
    }

    [Fact]
    public void Missing_ProductOfIntegers_IsFound()
    {
        var graph = new GraphProto { Name = "g" };
        graph.Node.Add(new NodeProto { Name = "product", OpType = "MatMul", Input = { "a", "b" }, Output = { "c" } });
        foreach (var name in new[] { "a", "b", "c" })
            graph.ValueInfo.Add(
                new ValueInfoProto
                {
                    Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Int64 } }
                });

        Assert.Equal(["product: MatMul of Int64"], CudaKernels.Missing(new ModelProto { Graph = graph }));
    }
}
