using Edge.Bundles;
using Microsoft.ML.OnnxRuntime;

namespace Edge.Trainer.Tests.Export;

public class QdqExporterTests
{
    [Fact]
    public void Export_UtteranceBesideLongerOnes_AnswersAsAlone()
    {
        using var folder = new TemporaryFolder();
        var task = Students.EveryKind;
        var file = folder.File("qdq.onnx");
        Students.Export(Precision.Qdq, Students.Tiny, task, Students.Weights(Students.Tiny, task), file);
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
}
