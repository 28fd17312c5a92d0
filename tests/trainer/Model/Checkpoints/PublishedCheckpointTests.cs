using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;

namespace Edge.Trainer.Tests.Model.Checkpoints;

/// <summary>
/// Published checkpoints against the ONNX file that was published with them, in ONNX Runtime. <c>EDGE_CHECKPOINTS</c> names a folder of
/// Hugging Face directories that have <c>onnx/model.onnx</c>, as those of sentence-transformers do; without it there is nothing to test.
/// </summary>
[Collection(MicroTask.Collection)]
public sealed class PublishedCheckpointTests
{
    private const float Tolerance = 1e-5f;

    [Fact]
    public void Forward_PublishedCheckpoint_EqualsThePublishedGraph()
    {
        var root = Environment.GetEnvironmentVariable("EDGE_CHECKPOINTS");
        Assert.SkipUnless(Directory.Exists(root), "EDGE_CHECKPOINTS names no folder of published checkpoints");
        string[] folders = [.. Directory.EnumerateDirectories(root!).Where(folder => File.Exists(GraphOf(folder)))];
        Assert.NotEmpty(folders);

        foreach (var folder in folders)
        {
            var worst = WorstDifference(folder);
            TestContext.Current.SendDiagnosticMessage($"{folder}: hidden states differ by {worst}");
            Assert.True(worst <= Tolerance, $"{folder}: hidden states differ by {worst}");
        }
    }

    private static string GraphOf(string folder) => Path.Combine(folder, "onnx", "model.onnx");

    private static float WorstDifference(string folder)
    {
        using var compute = new BertCompute(false, 1);
        var checkpoint = Checkpoint.Open(folder);
        var tokenizer = checkpoint.Vocabulary.CreateTokenizer();
        var task = new TaskDefinition { Heads = [new HeadDefinition { Name = "head", Kind = HeadKind.Single, Labels = ["a", "b"] }] };
        using var model = new BertTaskModel(checkpoint.ConfigFor(checkpoint.MaxLength, Pooling.Mean), task, compute);
        checkpoint.LoadInto(model);
        model.eval();
        using var graph = new InferenceSession(GraphOf(folder));
        return Texts().Max(text =>
        {
            var ids = tokenizer.Encode(text, null, checkpoint.MaxLength).Ids.ToArray();
            return Ours(model, ids).Zip(Theirs(graph, ids), (ours, theirs) => Math.Abs(ours - theirs)).Max();
        });
    }

    private static float[] Ours(BertTaskModel model, int[] ids)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return model.call(TokenBatch.Create([ids], [new int[ids.Length]], 0, CPU)).Last[0].contiguous().data<float>().ToArray();
    }

    private static float[] Theirs(InferenceSession graph, int[] ids)
    {
        var inputs = new Dictionary<string, long[]>
        {
            ["input_ids"] = Array.ConvertAll(ids, id => (long)id),
            ["attention_mask"] = [.. Enumerable.Repeat(1L, ids.Length)],
            ["token_type_ids"] = new long[ids.Length],
        };
        using var outputs = graph.Run(
            [.. graph.InputMetadata.Keys.Select(
                name => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(inputs[name].AsMemory(), [1, ids.Length])))]);
        return outputs.Single(output => output.Name == "last_hidden_state").AsTensor<float>().ToArray();
    }

    // Utterances, one that is cut at the longest input, and nothing at all.
    private static string[] Texts()
    {
        string[] utterances =
        [
            "where is my parcel", "i want to fly from boston to denver on monday morning", "Zürich café 北京 naïve — 3.14 € don't U.S.A.",
            "帮我查一下订单U2942,怎么还没到,气死我了", "play the 3rd song of that album", "no",
        ];
        return [.. utterances, string.Concat(Enumerable.Repeat(string.Join(' ', utterances), 20)), ""];
    }
}
