using System.Diagnostics;

namespace Edge.Appliance.Analysis;

/// <summary>Times processor and GPU on a bundle's golden utterances, one at a time and in turns, so that both have the same box.</summary>
internal static class ProviderMeasurement
{
    private const int LeastRounds = 3;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    /// <summary>Medians in milliseconds, in the order of the analyzers.</summary>
    /// <param name="analyzers">Warm ones.</param>
    /// <param name="texts">Utterances with their contexts, one or more.</param>
    public static double[] Medians(IReadOnlyList<IAnalyzer> analyzers, IReadOnlyList<(string Text, string? Context)> texts)
    {
        var times = analyzers.Select(_ => new List<double>()).ToArray();
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < LeastRounds || Stopwatch.GetElapsedTime(start) < Enough; round++)
        {
            foreach (var (text, context) in texts)
            {
                for (var side = 0; side < times.Length; side++)
                {
                    var before = Stopwatch.GetTimestamp();
                    analyzers[side].Analyze(text, context).Dispose();
                    times[side].Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                }
            }
        }
        return [.. times.Select(Median)];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
