using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Edge.Trainer.Tests.Export;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Model;

/// <summary>
/// The forward pass against tests/reference/bert_numpy.py, within 1e-5: its stored results, and live where NumPy is there.
/// </summary>
[Collection(MicroTask.Collection)]
public sealed class ForwardParityTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const float Tolerance = 1e-5f;
    private static readonly string Golden = Path.Combine(OnnxChecker.RepositoryRoot(), "tests", "golden", "bert");
    private readonly BertCompute _compute = new(false, 1);

    [Fact]
    public void Forward_StoredCases_EqualsTheReference()
    {
        using var model = Load(Golden, 512);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden, "expected.json")));
        foreach (var cases in json.RootElement.EnumerateArray()
            .GroupBy(c => c.GetProperty("length").GetInt32() + c.GetProperty("padding").GetInt32()))
        {
            // A case with padding stands in a batch with the longer ones; the others are repeated there, which changes nothing.
            var members = cases.ToArray();
            var inputs = Array.ConvertAll(members, c => Input(c.GetProperty("length").GetInt32(), c.GetProperty("pair").GetBoolean()));
            var (states, pooled) = Forward(model, inputs);
            for (var row = 0; row < members.Length; row++)
            {
                AssertClose(Values(members[row], "first"), states[row][..8], $"length {inputs[row].Ids.Length}");
                AssertClose(Values(members[row], "last"), states[row][^8..], $"length {inputs[row].Ids.Length}");
                AssertClose(Values(members[row], "pooled"), pooled[row], $"length {inputs[row].Ids.Length}");
            }
        }
    }

    [Theory]
    [InlineData(0, "Gelu")]
    [InlineData(16, "Gelu")]
    [InlineData(0, "Relu")]
    public void Forward_LengthsTo512PairsAndPadding_EqualsTheReferenceLive(int relativePositions, string activation)
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import numpy") == 0, "python3-numpy is not installed");
        var folder = Directory.CreateTempSubdirectory("edge-parity-").FullName;
        try
        {
            var config = new BertConfig
            {
                VocabularySize = 60, HiddenSize = 16, Layers = 2, AttentionHeads = 4, IntermediateSize = 24, MaxPositions = 512,
                RelativePositions = relativePositions, Activation = Enum.Parse<Activation>(activation),
            };
            var vocabulary = Path.Combine(folder, "vocab.in");
            File.WriteAllLines(vocabulary,
                ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(0, 55).Select(i => ((char)('一' + i)).ToString())]);
            var checkpoint = Path.Combine(folder, "model");
            CheckpointWriter.Write(checkpoint, config, Students.Weights(config, new TaskDefinition { Heads = [] }, seed: 3), null,
                GivenVocabulary.Read(vocabulary, new()));
            var batches = Enumerable.Range(1, 512).Where(length => length <= 64 || length % 7 == 1 || length >= 511)
                .Select(length => new[] { Input(length, length % 2 == 0) })
                .Concat(Enumerable.Range(0, 8)
                    .Select(i => new[] { Input(1 + i, false), Input(40 * (i + 1), true), Input(7, true), Input(30 + i, false) }))
                .ToArray();
            File.WriteAllText(Path.Combine(folder, "in.json"), JsonSerializer.Serialize(batches.Select(batch => new
            {
                ids = batch.Select(row => Padded(row.Ids, batch)),
                types = batch.Select(row => Padded(row.Types, batch)),
                lengths = batch.Select(row => row.Ids.Length),
            })));
            Assert.Equal(0,
                Run(Path.Combine(OnnxChecker.RepositoryRoot(), "tests", "reference", "bert_numpy.py"), checkpoint,
                    Path.Combine(folder, "in.json"), Path.Combine(folder, "out.bin")));

            using var model = Load(checkpoint, 512);
            var expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, "out.bin"))).ToArray().AsMemory();
            foreach (var batch in batches)
            {
                var (states, pooled) = Forward(model, batch);
                foreach (var values in states.Concat(pooled))
                {
                    AssertClose(
                        expected[..values.Length].ToArray(), values, $"lengths {string.Join(", ", batch.Select(row => row.Ids.Length))}");
                    expected = expected[values.Length..];
                }
            }
            Assert.True(expected.IsEmpty);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => _compute.Dispose();

    // One head that passes the pooled utterance through.
    private BertTaskModel Load(string folder, int maxLength)
    {
        var checkpoint = Checkpoint.Open(folder);
        var labels = Enumerable.Range(0, checkpoint.Config.HiddenSize).Select(i => $"{i}").ToArray();
        var task = new TaskDefinition { Heads = [new HeadDefinition { Name = "pooled", Kind = HeadKind.Single, Labels = labels }] };
        var model = new BertTaskModel(checkpoint.ConfigFor(maxLength, Pooling.Mean), task, _compute);
        checkpoint.LoadInto(model);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        model.named_parameters().Single(entry => entry.name == "heads.pooled.weight").parameter.copy_(eye(labels.Length));
        model.eval();
        return model;
    }

    private static (float[][] States, float[][] Pooled) Forward(BertTaskModel model, (int[] Ids, int[] Types)[] batch)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var outputs =
            model.call(TokenBatch.Create(Array.ConvertAll(batch, row => row.Ids), Array.ConvertAll(batch, row => row.Types), 0, CPU));
        var states = batch.Select((row, i) => outputs.Last[i].narrow(0, 0, row.Ids.Length).contiguous().data<float>().ToArray());
        return ([.. states], [.. batch.Select((_, i) => outputs.Logits[0][i].data<float>().ToArray())]);
    }

    // tests/reference/bert_numpy.py makes the same one.
    private static (int[] Ids, int[] Types) Input(int length, bool pair) =>
        ([.. Enumerable.Range(0, length).Select(i => 5 + (((i * 7) + length) % 35))],
            [.. Enumerable.Range(0, length).Select(i => pair && i >= length / 2 ? 1 : 0)]);

    private static int[] Padded(int[] values, (int[] Ids, int[] Types)[] batch) =>
        [.. values, .. new int[batch.Max(row => row.Ids.Length) - values.Length]];

    private static float[] Values(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];

    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= Tolerance, $"{what}: differs by {worst}");
    }

    private static int Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardError = true,
            Environment = { ["OPENBLAS_NUM_THREADS"] = "1" }, // products this small only wait for each other
        })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 || arguments[0] == "-c", errors);
        return process.ExitCode;
    }
}
