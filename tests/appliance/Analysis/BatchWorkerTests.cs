using System.Text;
using Edge.Appliance.Analysis;
using Edge.Appliance.Configuration;
using Edge.Appliance.Health;
using Edge.Appliance.Tests.Support;
using Edge.Bundles;
using Edge.Bundles.Inference.Batching;
using FsCheck;
using FsCheck.Fluent;

namespace Edge.Appliance.Tests.Analysis;

/// <summary>Micro-batches with the processor behind them: what GPUs run with, but for the device.</summary>
public sealed class BatchWorkerTests : IDisposable
{
    private static readonly string[] Texts =
    [
        "我要退款", "帮我查一下订单 a1b2c3", "物流 hello 到哪里了？", "气死了!!", "你好", "1", "手机号是 13800138000 在哪里 please check",
        "我要查订单 u2942 的物流 a1b2c3d4e5 怎么还没到 please please please check now 13800138000",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-batch-test-");
    private readonly ServedBundle _bundle;
    private readonly Analyzer _single;
    private readonly Dictionary<string, AnalyzedUtterance> _alone;

    public BatchWorkerTests()
    {
        TinyBundle.WriteWithHalf(Path.Combine(_folder.FullName, "bundle"));
        _bundle = ServedBundle.Open(Path.Combine(_folder.FullName, "bundle"), "test", Precision.Fp16);
        _single = new Analyzer(_bundle);
        _alone = Texts.ToDictionary(text => text, text => _single.Analyze(text).Copy());
    }

    public void Dispose()
    {
        _single.Dispose();
        _bundle.Dispose();
        _folder.Delete(recursive: true);
    }

    // Every pattern: which utterances, and after which of them the worker may run.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Run_AnyArrivals_AnswersAsOneByOne(int waitMilliseconds)
    {
        var arrivals = Gen.Elements(Texts).Two().Select(pair => pair.Item1).ListOf().Where(list => list.Count > 0).ToArbitrary();
        Prop.ForAll(arrivals, Gen.Choose(1, 40).ToArbitrary(), (texts, together) =>
        {
            using var analyzer = OpenOnProcessor();
            var queue = new AnalysisQueue(new AnalysisOptions { QueueCapacity = 1000 });
            var worker = new BatchWorker(analyzer, TimeSpan.FromMilliseconds(waitMilliseconds), new Metrics());
            var answers = new List<Task<AnalyzedUtterance>>();
            var running = Task.CompletedTask;
            for (var i = 0; i < texts.Count; i++)
            {
                answers.Add(queue.TryAnalyze(texts[i], null)!);
                if (i == Math.Min(together, texts.Count) - 1)
                    running = Task.Run(() => worker.RunAsync(queue, CancellationToken.None));
            }
            queue.Close();
            running.GetAwaiter().GetResult();
            foreach (var (text, answer) in texts.Zip(answers))
            {
                Assert.True(answer.IsCompletedSuccessfully);
                using var analyzed = answer.Result;
                AssertSame(_alone[text], analyzed);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Collect_WhatWaits_RunsInOrderAndInAsFewRunsAsFit()
    {
        using var analyzer = OpenOnProcessor();
        var batch = analyzer.CreateBatch();

        for (var i = 0; i < 40; i++)
        {
            var wasAdded = batch.TryAdd(new PendingAnalysis(Texts[i % Texts.Length], null));
            Assert.Equal(i < BatchShapes.MostRows, wasAdded);
            if (i >= BatchShapes.MostRows - 1)
                break;
        }

        Assert.True(batch.IsFull);
        Assert.Equal(Enumerable.Range(0, BatchShapes.MostRows).Select(i => Texts[i % Texts.Length]),
            batch.Pending.ToArray().Select(pending => pending.Text));
    }

    [Fact]
    public async Task Run_ToldToStop_FinishesWhatItHasTakenAndLeavesTheRest()
    {
        using var analyzer = OpenOnProcessor();
        using var stop = new CancellationTokenSource();
        var queue = new AnalysisQueue(new AnalysisOptions { QueueCapacity = 1000 });
        var first = queue.TryAnalyze(Texts[0], null)!;
        var worker = new BatchWorker(analyzer, TimeSpan.Zero, new Metrics()).RunAsync(queue, stop.Token);
        using (await first)
            await stop.CancelAsync();
        await worker;

        var left = queue.TryAnalyze(Texts[1], null)!;

        Assert.False(left.IsCompleted);
        Assert.Equal(1, queue.Length);
    }

    [Theory]
    [InlineData(1, "8")]
    [InlineData(20, "8 16 24")]
    [InlineData(64, "8 16 24 32 48 64")]
    [InlineData(512, "8 16 24 32 48 64 96 128 192 256 384 512")]
    public void Shapes_OfALongestInput_CoverEveryLengthWithinTheMostTokens(int longest, string lengths)
    {
        var shapes = new BatchShapes(longest);

        Assert.Equal(lengths, string.Join(' ', shapes.All.Select(shape => shape.Length).Distinct()));
        Assert.All(shapes.All, shape => Assert.True(shape.Rows == 1 || shape.Rows * shape.Length <= 2048));
        for (var tokens = 1; tokens <= longest; tokens++)
        {
            for (var rows = 1; rows <= shapes.MostRowsFor(tokens); rows++)
            {
                var shape = shapes.For(rows, tokens);
                Assert.Contains(shape, shapes.All);
                Assert.True(shape.Rows >= rows && shape.Rows < 2 * rows && shape.Length >= tokens);
            }
        }
    }

    [Fact]
    public void Run_Warm_TakesNoMemory()
    {
        using var analyzer = OpenOnProcessor();
        var batch = analyzer.CreateBatch();
        foreach (var text in Texts)
            Assert.True(batch.TryAdd(new PendingAnalysis(text, null)));
        analyzer.Run(batch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        analyzer.Run(batch);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Open_EightBitFile_IsRefusedBecauseItTakesOneUtterance()
    {
        using var bundle = ServedBundle.Open(Path.Combine(_folder.FullName, "bundle"), "test", Precision.Int8);

        var failure = Assert.Throws<Bundles.Common.BundleException>(
            () => BatchSession.OpenOnProcessor(bundle.ModelFile, bundle.Task.Heads, new BatchShapes(bundle.Task.MaxLength)));

        Assert.Contains("it takes one utterance a run; batches need the fp16 or the fp32 file", failure.Message, StringComparison.Ordinal);
    }

    private BatchAnalyzer OpenOnProcessor()
    {
        var session = BatchSession.OpenOnProcessor(_bundle.ModelFile, _bundle.Task.Heads, new BatchShapes(_bundle.Task.MaxLength));
        return new BatchAnalyzer(_bundle, session, "cpu", opened => opened.Dispose());
    }

    private static void AssertSame(AnalyzedUtterance expected, AnalyzedUtterance actual)
    {
        Assert.Equal(expected.Text, actual.Text);
        foreach (var (one, other) in expected.Predictions.Zip(actual.Predictions))
        {
            Assert.Equal(Describe(one), Describe(other));
            Assert.InRange(other.Confidence, one.Confidence - 0.01f, one.Confidence + 0.01f);
        }
    }

    private static string Describe(Bundles.Decoding.HeadPrediction prediction) => new StringBuilder(prediction.Head).Append(':')
        .Append(prediction.Label).Append(':').AppendJoin(',', prediction.Labels).Append(':')
        .AppendJoin(',', prediction.Spans.Select(span => $"{span.Label} {span.Start}-{span.End}")).ToString();
}
