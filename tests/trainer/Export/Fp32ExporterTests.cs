using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Export;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Export;

public class Fp32ExporterTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("Cls", 0, "Gelu")]
    [InlineData("Mean", 0, "Gelu")]
    [InlineData("Mean", 3, "Gelu")]
    [InlineData("Cls", 100, "Gelu")]
    [InlineData("Mean", 3, "Relu")]
    public void Export_EveryLengthAndHeadKind_EqualsTheReference(string pooling, int relativePositions, string activation)
    {
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with
        {
            Pooling = Enum.Parse<Pooling>(pooling),
            RelativePositions = relativePositions,
            Activation = Enum.Parse<Activation>(activation)
        };
        var task = Students.EveryKind;
        var weights = Students.Weights(config, task);
        var file = folder.File("model.onnx");
        Fp32Exporter.Export(config, task, weights, file);

        var reference = new ReferenceBert(config, weights);
        using var session = StudentSession.Open(file, task.Heads);
        using var logits = session.CreateLogits();
        for (var length = 1; length <= config.MaxPositions; length++)
        {
            var encoded = Students.Utterance(config, task, length, seed: length);
            session.Run(encoded, logits);
            for (var head = 0; head < task.Heads.Count; head++)
            {
                var expected = reference.Logits(task.Heads[head], encoded.Ids, encoded.TypeIds);
                AssertNear(expected, logits[head].ToArray(), $"head {task.Heads[head].Name}, {length} tokens");
            }
        }
    }

    [Theory]
    [InlineData("Cls", 0)]
    [InlineData("Mean", 0)]
    [InlineData("Mean", 4)]
    public void Export_BatchWithPadding_EqualsEachUtteranceAlone(string pooling, int relativePositions)
    {
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { Pooling = Enum.Parse<Pooling>(pooling), RelativePositions = relativePositions };
        var task = Students.EveryKind;
        var weights = Students.Weights(config, task);
        var file = folder.File("model.onnx");
        Fp32Exporter.Export(config, task, weights, file);

        var batch = new PaddedBatch(config, task, 3, 11, 1, 7);
        var reference = new ReferenceBert(config, weights);
        foreach (var (name, all) in batch.Run(file, task.Heads.Select(head => head.Name)))
        {
            var stride = all.Length / batch.Utterances.Count;
            for (var row = 0; row < batch.Utterances.Count; row++)
            {
                var expected = reference.Logits(
                    task.Heads.Single(head => head.Name == name), batch.Utterances[row].Ids, batch.Utterances[row].TypeIds);
                AssertNear(expected, all[(row * stride)..((row * stride) + expected.Length)], $"head {name}, row {row}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    public void Export_MaximumLength512_EqualsTheReference(int length)
    {
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { MaxPositions = 512, RelativePositions = 16 };
        var task = Students.EveryKind with { MaxLength = 512 };
        var weights = Students.Weights(config, task);
        Fp32Exporter.Export(config, task, weights, folder.File("model.onnx"));
        var encoded = Students.Utterance(config, task, length, seed: length);

        using var session = StudentSession.Open(folder.File("model.onnx"), task.Heads);
        using var logits = session.CreateLogits();
        session.Run(encoded, logits);

        var reference = new ReferenceBert(config, weights);
        for (var head = 0; head < task.Heads.Count; head++)
            AssertNear(reference.Logits(task.Heads[head], encoded.Ids, encoded.TypeIds), logits[head].ToArray(),
                $"head {task.Heads[head].Name}");
    }

    [Fact]
    public void Export_OnlySpanHeads_NeedsNoPooler()
    {
        using var folder = new TemporaryFolder();
        var task = Students.EveryKind with { Heads = [Students.EveryKind.Heads.Single(head => head.Kind == HeadKind.Span)] };
        var weights = Students.Weights(Students.Tiny, task);
        weights.Remove("pooler.dense.weight");
        weights.Remove("pooler.dense.bias");

        Fp32Exporter.Export(Students.Tiny, task, weights, folder.File("fp32.onnx"));
        Int8Exporter.Export(Students.Tiny, task, weights, folder.File("int8.onnx"));

        using var session = StudentSession.Open(folder.File("fp32.onnx"), task.Heads);
        Assert.Equal(task.Heads.Count, session.Heads.Count);
    }

    [Fact]
    public void Export_WrongWeights_NamesThemAll()
    {
        using var folder = new TemporaryFolder();
        var weights = Students.Weights(Students.Tiny, Students.EveryKind);
        weights.Remove("pooler.dense.bias");
        weights["heads.intent.weight"] = new WeightTensor(new float[24], [1, 24]);
        weights["encoder.layer.1.output.dense.bias"].Values[7] = float.NaN;

        var failure = Assert.Throws<InvalidDataException>(() =>
            Fp32Exporter.Export(Students.Tiny, Students.EveryKind, weights, folder.File("model.onnx")));

        Assert.Contains("pooler.dense.bias is missing, expected [24]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("heads.intent.weight is [1, 24] with 24 values, expected [20, 24]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("encoder.layer.1.output.dense.bias: value 7 is NaN", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_SizesThatContradict_NamesThem()
    {
        using var folder = new TemporaryFolder();
        var config = Students.Tiny with { AttentionHeads = 5, MaxPositions = 8 };

        var failure = Assert.Throws<InvalidDataException>(() =>
            Int8Exporter.Export(
                config, Students.EveryKind, Students.Weights(Students.Tiny, Students.EveryKind), folder.File("model.onnx")));

        Assert.Contains("hidden_size 24 is no multiple of num_attention_heads 5", failure.Message, StringComparison.Ordinal);
        Assert.Contains("max_position_embeddings 8 is less than the task's maxLength 16", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertNear(double[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= Tolerance, $"{what}: differs by {worst:g3}, allowed {Tolerance}");
    }
}
