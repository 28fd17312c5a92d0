using Edge.Trainer.Export;
using Edge.Trainer.Model;
using Edge.Trainer.Ngrams;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace Edge.Trainer.Tests.Export;

public class QdqExporterTests
{
    [Fact]
    public void Export_UtteranceBesideLongerOnes_AnswersAsAlone()
    {
        using var folder = new TemporaryFolder();
        var task = Students.EveryKind;
        var file = folder.File("qdq.onnx");
        Write(Students.Tiny, file);
        const int width = 9, rows = 32;
        var alone = Students.Utterance(Students.Tiny, task, 4, seed: 1);

        var (ids, mask, types) = (new long[rows * width], new long[rows * width], new long[rows * width]);
        for (var row = 0; row < rows; row++)
        {
            var utterance = row == 0 ? alone : Students.Utterance(Students.Tiny, task, width, seed: row + 1);
            for (var token = 0; token < utterance.Length; token++)
                (ids[(row * width) + token], mask[(row * width) + token], types[(row * width) + token]) = (utterance.Ids[token], 1, utterance.TypeIds[token]);
        }

        using var session = new InferenceSession(file);
        var together = Run(ids, mask, types, [rows, width]);
        var single = Run([.. alone.Ids], [1, 1, 1, 1], [.. alone.TypeIds], [1, 4]);
        for (var head = 0; head < task.Heads.Count; head++)
        {
            for (var i = 0; i < single[head].Length; i++)
                Assert.Equal(single[head][i], together[head][i], 1e-4);
        }

        float[][] Run(long[] id, long[] present, long[] type, long[] shape)
        {
            using var options = new RunOptions();
            using var idValue = OrtValue.CreateTensorValueFromMemory(id, shape);
            using var maskValue = OrtValue.CreateTensorValueFromMemory(present, shape);
            using var typeValue = OrtValue.CreateTensorValueFromMemory(type, shape);
            using var results = session.Run(options, ["input_ids", "attention_mask", "token_type_ids"], [idValue, maskValue, typeValue], [.. task.Heads.Select(head => head.Name)]);
            return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Export_Any_HasStandardOperatorsAndNoFloatMatrixOfTheEncoder(bool hasNgrams)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("qdq.onnx");
        Write(Students.Tiny, file, hasNgrams ? new NgramTable(Students.EveryKind.Heads, [7, 8], new float[2 * Students.EveryKind.Heads.Sum(head => head.OutputCount)]) : null);

        using var stream = File.OpenRead(file);
        var graph = ModelProto.Parser.ParseFrom(stream).Graph;
        Assert.All(graph.Node, node => Assert.Equal("", node.Domain));
        Assert.DoesNotContain(graph.Initializer, constant => constant.Name.StartsWith("encoder.", StringComparison.Ordinal) && constant.Name.EndsWith("dense.weight", StringComparison.Ordinal));
        // Query, key and value share one rounding: four a layer.
        Assert.Equal(4 * Students.Tiny.Layers, graph.Node.Count(node => node.OpType == "QuantizeLinear"));
        Assert.SkipUnless(OnnxChecker.IsAvailable, "python3-onnx is not installed");
        var (exitCode, output) = OnnxChecker.Check(file, "--infer-all");
        Assert.True(exitCode == 0, output);
    }

    private static void Write(BertConfig config, string file, NgramTable? ngrams = null) => QdqExporter.Export(
        config, Students.EveryKind, Students.Weights(config, Students.EveryKind), file, ngrams, Students.OfEveryLength(config, Students.EveryKind));
}
