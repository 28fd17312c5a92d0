using Edge.Appliance.Configuration;
using Edge.Bench.Common;
using Edge.Bench.Machine;
using Edge.Bench.Statistics;
using Edge.Bundles;

namespace Edge.Bench.Model;

/// <summary>
/// The measurements of <c>edge-bench model</c>, through the appliance's own path: 1. closed loop; 2. throughput; 3. requests that
/// come when they come, as parts of that; 4. memory and a fresh process.
/// </summary>
internal static class ModelBenchmark
{
    private const int BurstSize = 8;
    private static readonly TimeSpan AsServed = new AnalysisOptions().KeepWarm;

    /// <summary>Measures a bundle in every precision that it has for processors.</summary>
    /// <param name="directory">The bundle.</param>
    /// <param name="duration">About how long all of it may take, starts of fresh processes aside.</param>
    /// <param name="isJudged">Whether a budget is held against the paced requests.</param>
    public static ModelReport Run(string directory, TimeSpan duration, bool isJudged)
    {
        var workers = Environment.ProcessorCount;
        var models = new List<BenchModel> { new(directory, "auto", workers) };
        try
        {
            var precisions = BundleReader.Open(directory).Manifest.Precisions.Keys;
            var notMeasured = NotMeasured.Of(precisions);
            models.AddRange(precisions.Except([models[0].Precision, .. notMeasured.Select(item => item.Precision)])
                .Order(StringComparer.Ordinal).Select(precision => new BenchModel(directory, precision, 1)));
            return Run(models, notMeasured, directory, TimePlan.Of(duration, isJudged, models.Count - 1), workers);
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }
    }

    private static ModelReport Run(
        List<BenchModel> models, IReadOnlyList<NotMeasured> notMeasured, string directory, TimePlan plan, int workers)
    {
        var (served, others, watch) = (models[0], models[1..], new BoxWatch());

        // 1. Closed loop
        Progress.Say(
            $"{string.Join(", ", models.Select(model => model.Precision))}: one request after " +
            $"another, {plan.ClosedLoop.TotalSeconds:0} s at most");
        var alone = served.Running(served.UsualText);
        BenchCase[] cases = [.. models.SelectMany(model => model.Texts.Select(model.Answering)),
            .. models.SelectMany(model => model.Batches(model.UsualText)), alone];
        foreach (var item in cases)
            item.Run();
        var times = ClosedLoop.Run(cases, plan.ClosedLoop, watch);
        var whole =
            times.First(
                item => item.Case.What == BenchCase.Answer && item.Case.Precision == served.Precision
                    && item.Case.Characters == served.UsualText.Length);
        var raw = times[^1];

        // 2. Throughput
        Progress.Say("answers a second");
        int[] counts = [.. new[] { 1, 2, workers, workers + 2 }.Distinct().Order()];
        ThroughputRow[] throughput =
        [
            .. models.SelectMany(
                model => Throughput
                    .Run(counts, () => model.Answer(model.UsualText), model == served ? plan.Throughput : plan.OtherThroughput)
                .Select(row => new ThroughputRow(model.Precision, row.Workers, row.PerSecond))),
        ];

        // 3. Requests that come when they come
        Progress.Say("requests that come when they come");
        var perSecond = throughput.First(row => row.Precision == served.Precision && row.Workers == workers).PerSecond.Middle;
        ArrivalRow[] arriving =
        [
            Paced(served, plan.Paced, AsServed),
            Paced(served, plan.Cold, TimeSpan.Zero),
            Arriving(served, "at random, half load", Arrivals.Poisson(perSecond / 2, plan.AtRandom, seed: 1), workers, plan.AtRandom),
            Arriving(served, $"{BurstSize} at once, quarter load", Arrivals.Bursts(perSecond / 4, BurstSize, plan.Bursts, seed: 1), workers,
                plan.Bursts),
            .. others.Select(other => Paced(other, plan.OtherPaced, AsServed)),
        ];

        var activity = watch.Activity(); // before the processes of 4, which would count as others

        // 4. Memory and a fresh process
        Progress.Say("fresh processes");
        ModelFigures[] figures = [.. models.Select(item => new ModelFigures(
            item.Precision, item.FileMegabytes, StartUp.Measure(directory, item.Precision), item.BytesBeyondTheAnswer()))];

        return new ModelReport
        {
            Bundle = served.Id,
            Served = served.Precision,
            Latency = [.. times.Where(item => item.Case.What == BenchCase.Answer).Select(item => new LatencyRow(
                item.Case.Precision, item.Case.Characters, item.Case.Tokens, Percentiles.Of(item.Milliseconds), item.Median))],
            Batches = [.. times.Where(item => item.Case.What == BenchCase.Batch).Select(item => new BatchRow(
                item.Case.Precision, item.Case.Characters, item.Case.Utterances, item.Median))],
            Arriving = arriving,
            Throughput = throughput,
            Models = figures,
            OverModelAlone = MedianInterval.Of([.. whole.Rounds.Zip(raw.Rounds, (all, alone) => all / alone)]),
            NotMeasured = notMeasured,
            Box = activity,
            IsSettled = ClosedLoop.AreSettled(times),
        };

        static ArrivalRow Paced(BenchModel model, TimeSpan time, TimeSpan keepWarm) =>
            Arriving(model, keepWarm == TimeSpan.Zero ? "every 20 ms, not kept warm" : "every 20 ms",
                Arrivals.Paced(Arrivals.PacedMs, time), 1, time, model.KeptWarm(keepWarm));

        static ArrivalRow Arriving(BenchModel model, string how, double[] due, int workers, TimeSpan time, KeptWarm? warm = null)
        {
            var latencies = OpenLoop.Run(due, [.. Enumerable.Repeat(() => { model.Answer(model.UsualText); }, workers)], warm);
            return new ArrivalRow(model.Precision, how, workers, due.Length / time.TotalSeconds, Percentiles.Of(latencies),
                PercentileInterval.Of(latencies, 0.99));
        }
    }
}
