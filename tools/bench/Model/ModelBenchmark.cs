using Edge.Bench.Machine;
using Edge.Bench.Statistics;
using Edge.Bundles;

namespace Edge.Bench.Model;

/// <summary>
/// The measurements of <c>edge-bench model</c>, through the appliance's own path: 1. closed loop; 2. requests that come when they
/// come; 3. throughput; 4. memory and a fresh process.
/// </summary>
internal static class ModelBenchmark
{
    private const double PacedMs = 20; // as long as an utterance's caches have to get cold
    private const int BurstSize = 8;
    private const double Part = 0.125; // of the time
    private const double PartOfAVerdict = 0.375; // at the usual 20 s 375 requests: 368 bound a 99th percentile

    /// <summary>Measures a bundle in every precision that it has for processors.</summary>
    /// <param name="directory">The bundle.</param>
    /// <param name="duration">About how long all of it may take, starts of fresh processes aside.</param>
    /// <param name="isJudged">Whether a budget is held against the paced requests: more of the time is theirs then, and less the closed loop's.</param>
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
            return Run(models, notMeasured, directory, duration, isJudged ? PartOfAVerdict : Part, workers);
        }
        finally
        {
            models.ForEach(model => model.Dispose());
        }
    }

    private static ModelReport Run(List<BenchModel> models, IReadOnlyList<NotMeasured> notMeasured, string directory, TimeSpan duration, double partOfPaced, int workers)
    {
        var (served, watch) = (models[0], new BoxWatch());
        var usual = served.UsualText;

        // 1. Closed loop
        var alone = served.Running(usual);
        BenchCase[] cases = [.. models.SelectMany(model => model.Texts.Select(model.Answering)), .. models.SelectMany(model => model.Batches(model.UsualText)), alone];
        foreach (var item in cases)
            item.Run();
        var times = ClosedLoop.Run(cases, duration * (1 - partOfPaced - (3 * Part)), watch);
        var whole = times.First(item => item.Case.What == BenchCase.Answer && item.Case.Precision == served.Precision && item.Case.Characters == usual.Length);
        var model = times[^1];

        // 2. Requests that come when they come
        var perSecond = 1000 / whole.Median.Middle * workers;
        var part = duration * Part;
        ArrivalRow[] arriving =
        [
            Arriving("every 20 ms", Arrivals.Paced(PacedMs, duration * partOfPaced), 1, duration * partOfPaced),
            Arriving("at random, half load", Arrivals.Poisson(perSecond / 2, part, seed: 1), workers, part),
            Arriving($"{BurstSize} at once, quarter load", Arrivals.Bursts(perSecond / 4, BurstSize, part, seed: 1), workers, part),
        ];

        // 3. Throughput
        var throughput = Throughput.Run([.. new[] { 1, 2, workers, workers + 2 }.Distinct().Order()], () => served.Answer(usual), part);

        var activity = watch.Activity(); // before the processes of 4, which would count as others

        // 4. Memory and a fresh process
        ModelFigures[] figures = [.. models.Select(item => new ModelFigures(
            item.Precision, item.FileMegabytes, StartUp.Measure(directory, item.Precision), item.BytesBeyondTheAnswer(item.UsualText)))];

        return new ModelReport(
            served.Id, served.Precision,
            [.. times.Where(item => item.Case.What == BenchCase.Answer).Select(item => new LatencyRow(
                item.Case.Precision, item.Case.Characters, item.Case.Tokens, item.Milliseconds.Count, Percentiles.Of(item.Milliseconds), item.Median))],
            [.. times.Where(item => item.Case.What == BenchCase.Batch).Select(item => new BatchRow(item.Case.Precision, item.Case.Characters, item.Case.Utterances, item.Median))],
            arriving,
            [.. throughput.Select(row => new ThroughputRow(row.Workers, row.PerSecond))],
            figures,
            MedianInterval.Of([.. whole.Rounds.Zip(model.Rounds, (all, raw) => all / raw)]),
            notMeasured,
            activity,
            ClosedLoop.AreSettled(times));

        ArrivalRow Arriving(string how, double[] due, int count, TimeSpan time)
        {
            var latencies = OpenLoop.Run(due, [.. Enumerable.Repeat(() => { served.Answer(usual); }, count)]);
            return new ArrivalRow(how, count, due.Length / time.TotalSeconds, due.Length, Percentiles.Of(latencies), PercentileInterval.Of(latencies, 0.99));
        }
    }
}
