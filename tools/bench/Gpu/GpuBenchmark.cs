using System.Diagnostics;
using System.Runtime.InteropServices;
using Edge.Appliance.Analysis;
using Edge.Bench.Statistics;
using Edge.Bundles.Common;
using Edge.Bundles.Inference.Batching;
using Edge.Bundles.Inference.Cuda;
using Edge.Bundles.Tokenization;

namespace Edge.Bench.Gpu;

/// <summary>A bundle's model on a GPU, bucket by bucket: with CUDA graphs and without, with each choice of attention kernels.</summary>
internal static class GpuBenchmark
{
    private static readonly CudaSettings[] Variants =
        [new(), new() { Graphs = false }, new() { AttentionKernels = 2 }];

    /// <summary>Measures it; the appliance's settings come first, and the others are compared with them.</summary>
    /// <param name="directory">The bundle, with golden utterances.</param>
    /// <param name="device">Number of the GPU.</param>
    /// <param name="runs">Runs of each bucket.</param>
    /// <exception cref="UserException">It cannot be measured.</exception>
    public static IReadOnlyList<GpuVariant> Run(string directory, int device, int runs)
    {
        using var bundle = ServedBundle.Open(directory, "--bundle", "auto", onProcessor: false);
        if (bundle.GoldenFile is null)
            throw new UserException(ExitCode.BadInput, $"{directory}: it has no golden.jsonl to measure with; take another bundle.");
        var shapes = new BatchShapes(bundle.Task.MaxLength);
        var batches = shapes.All.ToDictionary(shape => shape, shape => Batch(bundle, shape));
        Dictionary<BatchShape, float[]>? expected = null;
        var found = new List<GpuVariant>();
        foreach (var settings in Variants)
        {
            var start = Stopwatch.GetTimestamp();
            var session = CudaStudent.Open(
                bundle.ModelFile, bundle.Task.Heads, shapes, device, BatchAnalyzer.Filler(bundle), settings);
            var opening = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            try
            {
                var logits = new Dictionary<BatchShape, float[]>();
                var rows = new List<GpuRow>();
                session.RunOnDeviceAsync(() =>
                {
                    foreach (var (shape, batch) in batches)
                    {
                        session.Run(batch);
                        logits.Add(shape, Logits(session, batch.Length, bundle.Task.Heads.Count));
                        var times = Percentiles.Of(Times(session, batch, runs));
                        rows.Add(new GpuRow(shape.Rows, shape.Length, times.P50, times.P99,
                            expected is null || IsSame(expected[shape], logits[shape])));
                    }
                }).GetAwaiter().GetResult();
                expected ??= logits;
                found.Add(new GpuVariant(settings.Graphs, settings.AttentionKernels, opening, rows));
            }
            finally
            {
                CudaStudent.Close(session);
            }
        }
        return found;
    }

    private static List<double> Times(BatchSession session, TokenBuffer[] batch, int runs)
    {
        var times = new List<double>(runs);
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            session.Run(batch);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times;
    }

    private static float[] Logits(BatchSession session, int rows, int heads) =>
        [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, heads).SelectMany(head => session[row][head].ToArray()))];

    private static bool IsSame(float[] one, float[] other) =>
        MemoryMarshal.AsBytes<float>(one).SequenceEqual(MemoryMarshal.AsBytes<float>(other));

    // Golden utterances one after the other, cut at the bucket's length; rows but the first are shorter, so that there is padding.
    private static TokenBuffer[] Batch(ServedBundle bundle, BatchShape shape)
    {
        const int least = 3; // [CLS], a token, [SEP]
        var texts = GoldenCheck.Texts(bundle);
        return [.. Enumerable.Range(0, shape.Rows).Select(row =>
        {
            var length = Math.Max(least, Math.Min(shape.Length, bundle.Task.MaxLength) - (row % 8));
            var tokens = new TokenBuffer();
            var text = "";
            for (var next = row; text.Length < shape.Length * 16 && !(tokens.View.Truncated && text.Length > 0); next++)
            {
                text += texts[next % texts.Count].Text + " ";
                bundle.Tokenizer.Encode(text, null, length, tokens);
            }
            return tokens;
        })];
    }
}
