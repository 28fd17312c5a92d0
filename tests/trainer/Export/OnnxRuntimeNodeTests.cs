using System.Diagnostics;
using System.Text.Json;
using Edge.Bundles;
using Edge.Trainer.Ngrams;

namespace Edge.Trainer.Tests.Export;

/// <summary>
/// The files of standard operators run unchanged elsewhere: in onnxruntime-node, with a batch of utterances of different lengths.
/// </summary>
public class OnnxRuntimeNodeTests
{
    private static readonly string Program = Path.Combine(OnnxChecker.RepositoryRoot(), "tests", "reference", "onnxruntime_node.mjs");

    [Theory]
    [InlineData(Precision.Fp32, 0)]
    [InlineData(Precision.Fp32, 3)]
    public async Task StandardFile_InOnnxRuntimeNode_GivesTheSameLogits(string precision, int relativePositions)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(OnnxChecker.RepositoryRoot(), "node_modules", "onnxruntime-node")),
            "onnxruntime-node is not there; ./build.sh test brings it where npm is");
        using var folder = new TemporaryFolder();
        var (config, task) = (Students.Tiny with { RelativePositions = relativePositions }, Students.EveryKind);
        var columns = task.Heads.Sum(head => head.OutputCount);
        var ngrams = new NgramTable(task.Heads, [7, 8], new PerfectHash([7, 8]),
            [.. Enumerable.Range(0, 2 * columns).Select(i => i / (float)columns)], triples: false);
        var file = folder.File("model.onnx");
        Students.Export(precision, config, task, Students.Weights(config, task), file, ngrams);
        var batch = new PaddedBatch(config, task, 3, task.MaxLength, 1, 7);

        var there = await InNodeAsync(JsonSerializer.Serialize(new { file, inputs = batch.Inputs, shape = batch.Shape }));

        var here = batch.Run(file, [.. task.Heads.Select(head => head.Name), "pooler_output"]);
        Assert.Equal(here.Keys.Order(), there.Keys.Order());
        foreach (var (output, expected) in here)
        {
            Assert.Equal(expected.Length, there[output].Length);
            var worst = expected.Zip(there[output], (a, b) => Math.Abs(a - b)).Max();
            Assert.True(worst <= 1e-4, $"{output}: differs by {worst:g3}");
        }
    }

    private static async Task<Dictionary<string, float[]>> InNodeAsync(string request)
    {
        using var process =
            Process.Start(
                new ProcessStartInfo("node", Program)
                {
                    RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true
                })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(request);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<Dictionary<string, float[]>>(await output)!;
    }
}
