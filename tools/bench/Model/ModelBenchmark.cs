using System.Diagnostics;
using Edge.Appliance.Analysis;

namespace Edge.Bench;

/// <summary>
/// Latency from text to decoded answer through the appliance's own path, one thread, closed loop. Precisions and lengths take
/// turns within one run, so that whatever else the machine does hits all of them alike.
/// </summary>
internal static class ModelBenchmark
{
    private static readonly int[] Lengths = [8, 16, 32, 64];

    /// <summary>Measures every precision at every length that the bundle reads.</summary>
    /// <param name="bundles">The bundle, opened once a precision.</param>
    /// <param name="duration">How long to measure, after warm-up.</param>
    public static IReadOnlyList<ModelRow> Run(IReadOnlyList<ServedBundle> bundles, TimeSpan duration)
    {
        // 1. Every (precision, length) once, warmed up.
        var cases = new List<(ServedBundle Bundle, Analyzer Analyzer, string Text, List<double> Samples)>();
        foreach (var bundle in bundles)
        {
            var analyzer = new Analyzer(bundle);
            analyzer.WarmUp(1);
            // [CLS] and [SEP] take two of the model's tokens.
            foreach (var length in Lengths.Select(length => Math.Min(length, bundle.Task.MaxLength - 2)).Distinct())
                cases.Add((bundle, analyzer, Text(length, bundle.Task.Language), []));
        }

        // 2. In turns until the time is up.
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            foreach (var (_, analyzer, text, samples) in cases)
            {
                var start = Stopwatch.GetTimestamp();
                analyzer.Analyze(text);
                samples.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        // 3. Read off.
        foreach (var analyzer in cases.Select(item => item.Analyzer).Distinct())
            analyzer.Dispose();
        return [.. cases.Select(item => new ModelRow(item.Bundle.Precision, item.Text.Length, item.Samples.Count, Percentiles.Of(item.Samples)))];
    }

    // About one token a character in Chinese; in other languages the words decide.
    private static string Text(int length, string language)
    {
        var source = language == "zh" ? "帮我查一下昨天买的东西怎么还没有到谢谢" : "please check where the parcel i bought yesterday is now ";
        return string.Concat(Enumerable.Repeat(source, (length / source.Length) + 1))[..length];
    }
}
