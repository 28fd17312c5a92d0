using System.Text.Json;
using Edge.Bundles.Inference;
using Edge.Bundles.Tasks;
using Edge.Trainer.Export;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Export;

/// <summary>
/// tests/golden/student holds a small student as an exporter once wrote it, with the reference's logits: what the appliance
/// reads must not depend on the exporter of the day. EDGE_WRITE_GOLDEN=1 writes the folder anew.
/// </summary>
public class GoldenStudentTests
{
    private static readonly string _folder = Path.Combine(OnnxChecker.RepositoryRoot(), "tests", "golden", "student");
    private static readonly int[] _lengths = [1, 2, 5, 9, 16];

    [Fact]
    public void Exporters_OnTheGoldenWeights_StillGiveTheGoldenLogits()
    {
        using var folder = new TemporaryFolder();
        var (config, task) = (Students.Tiny, Students.EveryKind);
        var weights = Students.Weights(config, task);
        Fp32Exporter.Export(config, task, weights, folder.File("model.fp32.onnx"));
        Int8Exporter.Export(config, task, weights, folder.File("model.int8.onnx"));
        if (Environment.GetEnvironmentVariable("EDGE_WRITE_GOLDEN") == "1")
            Write(folder, weights);

        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "student.json")));
        using var session = StudentSession.Open(folder.File("model.fp32.onnx"), task.Heads);
        using var logits = session.CreateLogits();
        foreach (var utterance in golden.RootElement.GetProperty("utterances").EnumerateArray())
        {
            var (ids, types) = (Integers(utterance, "ids"), Integers(utterance, "types"));
            session.Run(Students.Input(ids, types), logits);
            for (var head = 0; head < task.Heads.Count; head++)
            {
                var expected =
                    utterance.GetProperty("logits").GetProperty(task.Heads[head].Name).EnumerateArray().Select(value => value.GetSingle());
                Assert.All(expected.Zip(logits[head].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
            }
        }
    }

    private static void Write(TemporaryFolder exported, Dictionary<string, WeightTensor> weights)
    {
        Directory.CreateDirectory(_folder);
        foreach (var name in new[] { "model.fp32.onnx", "model.int8.onnx" })
            File.Copy(exported.File(name), Path.Combine(_folder, name), overwrite: true);
        var reference = new ReferenceBert(Students.Tiny, weights);
        var task = Students.EveryKind;
        var utterances = _lengths.Select(length => Students.Utterance(Students.Tiny, task, length, seed: length)).Select(encoded => new
        {
            ids = encoded.Ids,
            types = encoded.TypeIds,
            logits = task.Heads.ToDictionary(
                head => head.Name, head => reference.Logits(head, encoded.Ids, encoded.TypeIds).Select(value => Math.Round(value, 6))),
        });
        File.WriteAllText(Path.Combine(_folder, "student.json"), JsonSerializer.Serialize(new { task, utterances }, TaskFile.Json));
    }

    private static int[] Integers(JsonElement utterance, string name) =>
        [.. utterance.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
}
