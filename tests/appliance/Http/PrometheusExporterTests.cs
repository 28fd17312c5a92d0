using System.Text;
using Edge.Appliance.Health;
using Edge.Appliance.Http;

namespace Edge.Appliance.Tests.Http;

public sealed class PrometheusExporterTests
{
    [Fact]
    public async Task Latencies_BucketsAreCumulative_AndABoundBelongsToItsBucket()
    {
        using var metrics = new Metrics();
        using var exporter = new PrometheusExporter(metrics);
        foreach (var milliseconds in new[] { 0.4, 0.5, 0.9, 3, 9_000 })
            metrics.CountAnswer(TimeSpan.FromMilliseconds(milliseconds), late: false);

        var lines = await WriteAsync(exporter);

        (string Bound, int Count)[] buckets = [("0.0005", 2), ("0.001", 3), ("0.002", 3), ("0.005", 4), ("5", 4), ("+Inf", 5)];
        foreach (var (bound, count) in buckets)
            Assert.Contains($"edge_answer_latency_seconds_bucket{{le=\"{bound}\"}} {count}", lines);
        Assert.Contains("edge_answer_latency_seconds_count 5", lines);
        Assert.Contains("# TYPE edge_answer_latency_seconds histogram", lines);
    }

    // prometheus-net's own adapter shows counters as gauges.
    [Fact]
    public async Task Counters_AreCounters_AndThereBeforeTheyCount()
    {
        using var metrics = new Metrics();
        using var exporter = new PrometheusExporter(metrics);
        metrics.CountError("badField", 0);
        var before = await WriteAsync(exporter);
        metrics.CountUtterance();
        metrics.CountAnswer(TimeSpan.Zero, late: true);
        metrics.CountError("badField");
        var after = await WriteAsync(exporter);

        foreach (var name in new[]
        {
            "edge_utterances_total", "edge_answers_total", "edge_late_total", "edge_errors_total{code=\"badField\"}"
        })
        {
            Assert.Contains($"{name} 0", before);
            Assert.Contains($"{name} 1", after);
            Assert.Contains($"# TYPE {name.Split('{')[0]} counter", after);
        }
        Assert.Contains("# HELP edge_late_total Answers that came after the sender's deadline.", after);
    }

    [Fact]
    public void Answer_Counted_TakesNoNewMemory()
    {
        using var metrics = new Metrics();
        using var exporter = new PrometheusExporter(metrics);
        for (var i = 0; i < 1000; i++) // compiled by then
            metrics.CountAnswer(TimeSpan.FromMilliseconds(1), late: true);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            metrics.CountAnswer(TimeSpan.FromMilliseconds(1), late: true);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999); // less than a byte a call
    }

    private static async Task<string[]> WriteAsync(PrometheusExporter exporter)
    {
        using var text = new MemoryStream();
        await exporter.WriteAsync(text, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n');
    }
}
