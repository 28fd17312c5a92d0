using System.Diagnostics;
using Edge.Bench.Statistics;

namespace Edge.Bench.Model;

/// <summary>How many requests a second several workers answer, each one request after another.</summary>
internal static class Throughput
{
    private const int Rounds = 5;

    /// <summary>Measures numbers of workers in turns.</summary>
    /// <param name="counts">Numbers of workers.</param>
    /// <param name="answer">Answers one request; called by all workers at once.</param>
    /// <param name="duration">Time for all of it.</param>
    public static IReadOnlyList<(int Workers, MedianInterval PerSecond)> Run(IReadOnlyList<int> counts, Action answer, TimeSpan duration)
    {
        var turn = duration / (Rounds * counts.Count);
        var rates = counts.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < counts.Count; i++)
            {
                var at = (round + i) % counts.Count;
                rates[at].Add(Rate(counts[at], answer, turn));
            }
        }
        return [.. counts.Select((count, i) => (count, MedianInterval.Of(rates[i])))];
    }

    private static double Rate(int workers, Action answer, TimeSpan turn)
    {
        var rates = new double[workers];
        using var start = new Barrier(workers);
        var threads = Enumerable.Range(0, workers).Select(worker => new Thread(() => rates[worker] = Work())).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return rates.Sum();

        double Work()
        {
            answer(); // its buffers are there before the clock runs
            start.SignalAndWait();
            var clock = Stopwatch.StartNew();
            var answered = 0;
            do
            {
                answer();
                answered++;
            }
            while (clock.Elapsed < turn);
            return answered / clock.Elapsed.TotalSeconds; // the last answer may be ready long behind a short turn
        }
    }
}
